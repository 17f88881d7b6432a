import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { vi } from 'vitest';
import { findAccount } from '../../src/server/embedded-database/account.ts';
import { runOrThrow } from '../../src/server/embedded-database/run.ts';
import { findFreePort } from '../../src/server/embedded-database/server.ts';

/** Debian's PostgreSQL, because the embedded one has no pg_basebackup. */
export const debianPostgres = '/usr/lib/postgresql/15/bin';
export const hasDebianPostgres = existsSync(join(debianPostgres, 'pg_basebackup'));

/** A primary whose every change streams to a standby, both on this machine. */
export interface ReplicatedPostgres {
  readonly folder: string;
  readonly ports: { readonly primary: number; readonly standby: number };
  readonly urls: { readonly primary: string; readonly standby: string };
  /** Asks the database `acolhe` of one of them as the superuser; undefined while it does not answer. */
  ask<Row extends pg.QueryResultRow>(port: number, sql: string): Promise<Row[] | undefined>;
  killPrimary(): void;
  killStandby(): void;
  promoteStandby(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts both. If it is synchronous, a write is acknowledged only once the standby has it on its disk. */
export async function startReplicated({ synchronous }: { readonly synchronous: boolean }): Promise<ReplicatedPostgres> {
  const account = findAccount();
  const processes: ChildProcess[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'acolhe-replicated-'));
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  const ports = { primary: await findFreePort(), standby: await findFreePort() };
  const run = (program: string, ...args: string[]) =>
    runOrThrow(join(debianPostgres, program), args, { account, cwd: folder });
  const start = (data: string, port: number): ChildProcess => {
    const settings = ['wal_level=replica', 'max_wal_senders=4', 'shared_buffers=64MB', 'max_connections=60'];
    const address = ['-p', String(port), '-k', folder, '-h', '127.0.0.1'];
    const args = ['-D', data, ...address, ...settings.flatMap((setting) => ['-c', setting])];
    const child = spawn(join(debianPostgres, 'postgres'), args, {
      cwd: folder,
      stdio: 'ignore',
      detached: true,
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    processes.push(child);
    return child;
  };
  const kill = ({ pid }: ChildProcess): void => {
    if (pid !== undefined && isRunning(pid)) process.kill(-pid, 'SIGKILL');
  };
  const ask = async <Row extends pg.QueryResultRow>(port: number, sql: string, database = 'acolhe') => {
    const client = new pg.Client(`postgres://postgres@127.0.0.1:${String(port)}/${database}`);
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Row>(sql)).rows;
    } catch {
      return undefined;
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const until = (done: () => Promise<boolean>) => vi.waitUntil(done, { timeout: 30_000, interval: 100 });

  await run('initdb', '-D', join(folder, 'primary'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C');
  const primary = start(join(folder, 'primary'), ports.primary);
  await until(async () => (await ask(ports.primary, 'create role acolhe login createrole', 'postgres')) !== undefined);
  await ask(ports.primary, 'create database acolhe owner acolhe', 'postgres');
  const source = ['-h', '127.0.0.1', '-p', String(ports.primary), '-U', 'postgres'];
  await run('pg_basebackup', '-R', '-c', 'fast', ...source, '-D', join(folder, 'standby'));
  const standby = start(join(folder, 'standby'), ports.standby);
  const streaming = `select 1 as yes from pg_stat_replication where state = 'streaming'`;
  await until(async () => (await ask(ports.primary, streaming))?.length === 1);
  if (synchronous) {
    await ask(ports.primary, `alter system set synchronous_standby_names = '*'`);
    await ask(ports.primary, 'select pg_reload_conf()');
  }
  const toUrl = (port: number): string => `postgres://acolhe@127.0.0.1:${String(port)}/acolhe`;
  return {
    folder,
    ports,
    urls: { primary: toUrl(ports.primary), standby: toUrl(ports.standby) },
    ask,
    killPrimary: () => {
      kill(primary);
    },
    killStandby: () => {
      kill(standby);
    },
    promoteStandby: async () => {
      await run('pg_ctl', 'promote', '-w', '-D', join(folder, 'standby'));
    },
    stop: async () => {
      processes.forEach(kill);
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
