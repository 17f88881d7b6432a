import { spawn, spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { vi } from 'vitest';
import { findAccount } from '../../src/server/embedded-database/account.ts';
import { findFreePort } from '../../src/server/embedded-database/server.ts';

/** Debian has it in /usr/sbin, which is not in everybody's PATH. `PGBOUNCER` names another one. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };
const program = process.env['PGBOUNCER'] ?? 'pgbouncer';
const [, major, minor] = /(\d+)\.(\d+)/.exec(spawnSync(program, ['--version'], { env, encoding: 'utf8' }).stdout) ?? [];

/** The version, such as 1.25; undefined where it is not installed. */
export const pgbouncerVersion = major === undefined ? undefined : `${major}.${minor ?? ''}`;
/** Whether it can follow prepared statements, as it does from 1.21 on. */
export const followsStatements = Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 21);

export interface Pooler {
  /** The same database with the same login, through PgBouncer. */
  readonly url: string;
  /** Connections to PostgreSQL that it has open for requests. */
  countServers(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts PgBouncer before a database, with its settings for statements as shipped unless `settings` say otherwise. */
export async function startPgbouncer(
  databaseUrl: string,
  settings: Readonly<Record<string, string | number>> = {},
): Promise<Pooler> {
  const target = new URL(databaseUrl);
  const [port, folder] = [await findFreePort(), await mkdtemp(join(tmpdir(), 'acolhe-pgbouncer-'))];
  const lines = Object.entries({
    listen_addr: '127.0.0.1',
    listen_port: port,
    auth_type: 'scram-sha-256',
    auth_file: join(folder, 'users.txt'),
    unix_socket_dir: '',
    admin_users: 'watcher',
    pool_mode: 'transaction',
    ...settings,
  }).map(([name, value]) => `${name} = ${String(value)}`);
  await writeFile(
    join(folder, 'pgbouncer.ini'),
    `[databases]\n* = host=${target.hostname} port=${target.port}\n\n[pgbouncer]\n${lines.join('\n')}\n`,
  );
  await writeFile(join(folder, 'users.txt'), `"${target.username}" "${target.password}"\n"watcher" "watcher"\n`);
  const account = findAccount();
  // It refuses to run as root.
  if (account !== undefined)
    for (const path of [folder, join(folder, 'users.txt'), join(folder, 'pgbouncer.ini')])
      chownSync(path, account.uid, account.gid);
  const child = spawn(program, [join(folder, 'pgbouncer.ini')], {
    env,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...account,
  });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const gone = new Promise<void>((resolve) => child.once('close', resolve));
  const askConsole = async (query: string): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client(`postgres://watcher:watcher@127.0.0.1:${String(port)}/pgbouncer`);
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(query)).rows;
    } finally {
      await client.end();
    }
  };
  await vi.waitUntil(
    () => {
      if (child.exitCode !== null) throw new Error(`pgbouncer did not start: ${said.join('')}`);
      return askConsole('show version').then(
        () => true,
        () => false,
      );
    },
    { timeout: 10_000, interval: 50 },
  );
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${String(port)}`;
  return {
    url: url.href,
    countServers: async () => (await askConsole('show servers')).length,
    stop: async () => {
      child.kill('SIGINT');
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
