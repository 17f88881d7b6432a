import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { accountOwning, findAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { createCluster, openCluster } from './cluster.ts';
import { adminUrl, type Lease, takeLease } from './lease.ts';
import { locateCluster } from './location.ts';
import { findFreePort, readPort, type Server, startServer, stopServer } from './server.ts';
import type { Settings } from './settings.ts';

export interface EmbeddedOptions {
  /** Folder that holds the cluster; made when missing. */
  dataDir: string;
  /** PostgreSQL settings in place of, or besides, our own. */
  settings?: Settings;
  /** Told one English line when something worth knowing happens. */
  log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** Database `acolhe` as role `acolhe`: owner of it, CREATEDB and CREATEROLE, not a superuser. */
  url: string;
  /** Database `postgres` as the superuser. */
  adminUrl: string;
  /** True when a running server was found: another process's, or one left behind by a killed process. */
  adopted: boolean;
  /** Stops the server, unless another process still uses it. */
  stop(): Promise<void>;
}

interface Running {
  port: number;
  lease: Lease;
  adopted: boolean;
}

const patience = 60_000;

/**
 * Starts the real PostgreSQL that comes with the npm packages, or joins the one that runs on this data folder already,
 * and starts it again on the same port should it die. @throws when it can't be started within a minute
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const server = await prepare(options, log);
  const running = await join(server, undefined);
  const { port, adopted } = running;
  log(`PostgreSQL ${server.binaries.version} ${adopted ? 'joined' : 'started'} on 127.0.0.1:${String(port)}`);
  return {
    url: `postgres://acolhe:${server.cluster.credentials.password}@127.0.0.1:${String(port)}/acolhe`,
    adminUrl: adminUrl(server.cluster, port),
    adopted,
    stop: supervise(server, running, log),
  };
}

async function prepare(options: EmbeddedOptions, log: (line: string) => void): Promise<Server> {
  const settings = options.settings ?? {};
  const dataDir = resolve(options.dataDir);
  const newcomer = findAccount();
  const folder = locateCluster(dataDir, newcomer);
  const exists = existsSync(folder);
  const account = exists ? accountOwning(`${folder}/data`) : newcomer;
  const binaries = await findBinaries(account, dataDir);
  if (!exists) {
    log(`Creating the database in ${folder}`);
    await createCluster(folder, binaries, account, settings['fsync'] !== 'off' && settings['fsync'] !== false);
  }
  return { cluster: openCluster(folder, binaries), binaries, account, settings };
}

/** Joins the server that runs on the cluster, or starts one; whichever of several processes is first. */
async function join(server: Server, wantedPort: number | undefined, signal?: AbortSignal): Promise<Running> {
  const giveUpAt = Date.now() + patience;
  let adopted = true;
  for (;;) {
    const running = await findRunning(server);
    if (running) return { ...running, adopted };
    signal?.throwIfAborted();
    const problem = await startServer(server, wantedPort ?? (await findFreePort()));
    // Ours if it started; if not, another process may have been quicker, and a stopping one may need a moment.
    adopted = problem !== undefined;
    if (problem === undefined) continue;
    if (Date.now() > giveUpAt) throw new Error(`PostgreSQL doesn't start:\n${problem}`);
    await sleep(100);
  }
}

async function findRunning({ cluster }: Server): Promise<Omit<Running, 'adopted'> | undefined> {
  const port = readPort(cluster);
  if (port === undefined) return undefined;
  const lease = await takeLease(cluster, port).catch(() => undefined);
  return lease && { port, lease };
}

/** Keeps the server alive until the returned function is called. */
function supervise(server: Server, first: Running, log: (line: string) => void): () => Promise<void> {
  const stopping = new AbortController();
  const stopRequested = once(stopping.signal, 'abort');

  async function watch(): Promise<void> {
    let { lease } = first;
    for (;;) {
      await Promise.race([lease.lost, stopRequested]);
      if (stopping.signal.aborted) break;
      log('PostgreSQL is gone: starting it again');
      try {
        ({ lease } = await join(server, first.port, stopping.signal));
        log('PostgreSQL is back');
      } catch (error) {
        if (error !== stopping.signal.reason) log(String(error));
      }
    }
    await leave(server, lease);
  }

  const watching = watch();
  return () => {
    stopping.abort();
    return watching;
  };
}

/** Gives the stake up and stops the server when nobody else has one. */
async function leave(server: Server, lease: Lease): Promise<void> {
  const last = await lease.release().catch(async () => {
    // This connection is gone, but the server may live (it restarts its sessions after one of them crashed).
    const running = await findRunning(server);
    return running ? running.lease.release() : false;
  });
  if (last) await stopServer(server);
}
