import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findAccount } from '../../src/server/embedded-database/account.ts';
import { runOrThrow } from '../../src/server/embedded-database/run.ts';
import { findFreePort } from '../../src/server/embedded-database/server.ts';
import { type Installation, installOn } from './installation.ts';
import { startLoad } from './load.ts';

/** Debian's PostgreSQL, because the embedded one has no pg_basebackup. */
const bin = '/usr/lib/postgresql/15/bin';

/** One address for whichever server is the primary, like a hosting service's endpoint or HAProxy. */
async function startSwitch(target: number) {
  const sockets = new Set<Socket>();
  let port = target;
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.once('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    pointTo(next: number) {
      port = next;
      cut();
    },
    close() {
      server.close();
      cut();
    },
  };
}

describe.skipIf(!existsSync(join(bin, 'pg_basebackup')))('a primary with a synchronous standby', () => {
  const account = findAccount();
  const processes: ChildProcess[] = [];
  const parts = new AsyncDisposableStack();
  let folder: string;
  let installation: Installation;
  let endpoint: Awaited<ReturnType<typeof startSwitch>>;
  let primary: ChildProcess;
  let ports: { primary: number; standby: number };

  const run = (program: string, ...args: string[]) => runOrThrow(join(bin, program), args, { account, cwd: folder });
  const startPostgres = (data: string, port: number): ChildProcess => {
    const settings = ['wal_level=replica', 'max_wal_senders=4', 'shared_buffers=64MB', 'max_connections=60'];
    const args = [
      '-D',
      data,
      '-p',
      String(port),
      '-k',
      folder,
      '-h',
      '127.0.0.1',
      ...settings.flatMap((setting) => ['-c', setting]),
    ];
    const child = spawn(join(bin, 'postgres'), args, {
      cwd: folder,
      stdio: 'ignore',
      detached: true,
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    processes.push(child);
    return child;
  };
  const ask = async <Row extends pg.QueryResultRow>(port: number, sql: string): Promise<Row[] | undefined> => {
    const client = new pg.Client(`postgres://postgres@127.0.0.1:${String(port)}/postgres`);
    try {
      await client.connect();
      return (await client.query<Row>(sql)).rows;
    } catch {
      return undefined;
    } finally {
      await client.end().catch(() => undefined);
    }
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'acolhe-failover-'));
    parts.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
    parts.defer(() => {
      for (const { pid } of processes) if (pid !== undefined && isRunning(pid)) process.kill(-pid, 'SIGKILL');
    });
    if (account !== undefined) chownSync(folder, account.uid, account.gid);
    ports = { primary: await findFreePort(), standby: await findFreePort() };
    const data = join(folder, 'primary');
    await run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C');
    primary = startPostgres(data, ports.primary);
    await vi.waitUntil(() => ask(ports.primary, 'create role acolhe login createrole'), {
      timeout: 20_000,
      interval: 100,
    });
    await ask(ports.primary, 'create database acolhe owner acolhe');
    await run(
      'pg_basebackup',
      '-R',
      '-c',
      'fast',
      '-h',
      '127.0.0.1',
      '-p',
      String(ports.primary),
      '-U',
      'postgres',
      '-D',
      join(folder, 'standby'),
    );
    startPostgres(join(folder, 'standby'), ports.standby);
    const streaming = `select 1 as yes from pg_stat_replication where state = 'streaming'`;
    await vi.waitUntil(async () => (await ask(ports.primary, streaming))?.length === 1, {
      timeout: 20_000,
      interval: 100,
    });
    // From now on a write is acknowledged only once the standby has written it to its disk.
    await ask(ports.primary, `alter system set synchronous_standby_names = '*'`);
    await ask(ports.primary, 'select pg_reload_conf()');
    endpoint = await startSwitch(ports.primary);
    parts.defer(() => {
      endpoint.close();
    });
    installation = await installOn(`postgres://acolhe@127.0.0.1:${String(endpoint.port)}/acolhe`, folder, () =>
      Promise.resolve(),
    );
    parts.defer(() => installation.stop());
  }, 90_000);
  afterAll(() => parts.disposeAsync());

  it(
    'loses no acknowledged write when it is killed and the standby takes over, under two servers',
    { timeout: 90_000 },
    async () => {
      // The second server starts after the sign-in. Otherwise its worker might take the mail into its own mailbox.
      const server = await installation.startServer();
      const { accessToken } = await installation.signIn(server);
      const other = await installation.startServer();
      const loads = [server, other].map(({ address }) =>
        startLoad(address, accessToken, installation.professionalId, 4),
      );
      const acknowledged = () => loads.flatMap((load) => load.acknowledged());
      await vi.waitUntil(() => loads.every((load) => load.acknowledged().length > 40), 30_000);

      process.kill(-(primary.pid ?? 0), 'SIGKILL');
      await vi.waitUntil(() => loads.every(({ outcomes }) => outcomes.some(({ status }) => status === 503)), 20_000);
      await run('pg_ctl', 'promote', '-w', '-D', join(folder, 'standby'));
      endpoint.pointTo(ports.standby);
      const before = acknowledged().length;
      await vi.waitUntil(() => acknowledged().length > before + 80, 30_000);
      await Promise.all(loads.map((load) => load.stop()));

      const ids = acknowledged();
      const rows = await installation.query('select id from clients where id = any ($1)', [ids]);
      expect(rows).toHaveLength(ids.length);
      const statuses = new Set(loads.flatMap(({ outcomes }) => outcomes.map(({ status }) => status)));
      expect(statuses).toEqual(new Set([201, 503]));
    },
  );
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
