import { readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { run } from './run.ts';
import { type Settings, writeSettings } from './settings.ts';

/** Everything needed to start and stop the server of one cluster. */
export interface Server {
  cluster: Cluster;
  binaries: Binaries;
  account: Account | undefined;
  settings: Settings;
}

const largestLog = 5_000_000;

/** The port in postmaster.pid; undefined when no server has written one. It says nothing of whether that server lives. */
export function readPort(cluster: Cluster): number | undefined {
  try {
    // Lines: process id, data folder, start time, port, socket folder, listen address, memory key, status.
    const port = Number(readFileSync(join(cluster.data, 'postmaster.pid'), 'utf8').split('\n')[3]);
    return port > 0 ? port : undefined;
  } catch {
    return undefined;
  }
}

/** Starts the server and waits until it takes connections. Resolves with why not, for instance that another one runs. */
export async function startServer(server: Server, port: number): Promise<string | undefined> {
  const { cluster } = server;
  writeSettings(cluster.folder, port, server.settings);
  rotateLog(cluster.logFile);
  const { code, output } = await control(server, 'start', '-w', '-t', '60', '-l', cluster.logFile);
  return code === 0 ? undefined : `${output.trim()}\n${readEnd(cluster.logFile)}`;
}

/** Stops the server: open transactions are rolled back, everything committed is on disk. Resolves when it is gone. */
export async function stopServer(server: Server): Promise<void> {
  if ((await control(server, 'stop', '-m', 'fast', '-w', '-t', '30')).code === 0) return;
  await control(server, 'stop', '-m', 'immediate', '-w', '-t', '10');
}

// pg_ctl, because Windows has no signals and only pg_ctl sheds an administrator's rights there.
function control(server: Server, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const { binaries, cluster, account } = server;
  return run(join(binaries.bin, 'pg_ctl'), [...args, '-D', cluster.data], { account, cwd: cluster.data });
}

/** A port nothing listens on now. Another program may still take it first: then the start fails and is repeated. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

function rotateLog(file: string): void {
  try {
    if (statSync(file).size > largestLog) renameSync(file, `${file}.1`);
  } catch {
    // No log yet.
  }
}

function readEnd(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(-2000).trim();
  } catch {
    return '';
  }
}
