import { execFile } from 'node:child_process';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { createTestDatabase } from '../../../tests/support/database.ts';
import { startTcpProxy } from '../../../tests/support/tcp-proxy.ts';
import { startEmbedded } from '../embedded-database/start-embedded.ts';
import { migrate } from '../db/migrate.ts';
import { createReadiness } from './readiness.ts';

const execute = promisify(execFile);
const silent = pino({ level: 'silent' });
const fine = { database: true, migrations: true, access: true, writable: true, worker: true };

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}

it('asks for rights and for a database that takes changes, and recovers by itself', { timeout: 60_000 }, async () => {
  const database = await createTestDatabase();
  const readiness = createReadiness(database.url, { isAlive: () => true }, silent);
  onTestFinished(async () => {
    await readiness.close();
    await database.drop();
  });
  expect(await readiness.check()).toEqual(fine);
  const name = new URL(database.url).pathname.slice(1);
  await query(database.adminUrl, 'alter table clients disable row level security');
  const poll = () => expect.poll(() => readiness.check(), { timeout: 20_000, interval: 500 });
  await poll().toEqual({ ...fine, access: false });
  await migrate(database.url);
  await poll().toEqual(fine);
  // As managed hosts do when the booked disk space is used up.
  await query(database.adminUrl, `alter database ${name} set default_transaction_read_only = on`);
  const later = createReadiness(database.url, { isAlive: () => true }, silent);
  expect(await later.check()).toEqual({ ...fine, writable: false });
  await later.close();
  await query(
    `${database.adminUrl}?options=-c%20default_transaction_read_only%3Doff`,
    `alter database ${name} reset default_transaction_read_only`,
  );
});

it('says once why the database could not be asked, and when it answers again', { timeout: 60_000 }, async () => {
  const database = await createTestDatabase();
  const proxy = await startTcpProxy(database.url);
  const logged: { readonly event: string; readonly err?: unknown }[] = [];
  const log = pino({ level: 'info' }, { write: (line) => logged.push(JSON.parse(line) as { event: string }) });
  const readiness = createReadiness(proxy.url, { isAlive: () => true }, log);
  onTestFinished(async () => {
    await readiness.close();
    await proxy.close();
    await database.drop();
  });
  const poll = () => expect.poll(() => readiness.check(), { timeout: 20_000, interval: 500 });
  await poll().toEqual(fine);
  expect(logged).toEqual([]);
  await proxy.cut();
  await poll().toMatchObject({ database: false });
  // Each of these asks anew.
  for (let asked = 0; asked < 3; asked++) {
    await sleep(1100);
    expect(await readiness.check()).toMatchObject({ database: false });
  }
  await proxy.restore();
  await poll().toEqual(fine);
  const causes = logged.filter(({ event }) => event === 'not_ready').map(({ err }) => (err as { code?: string }).code);
  expect(causes).toContain('ECONNREFUSED');
  expect(new Set(causes).size).toBe(causes.length);
  expect(logged.at(-1)).toMatchObject({ event: 'ready_again' });
  expect(logged.filter(({ event }) => event === 'ready_again')).toHaveLength(1);
});

it('notices that the disk is full while everything can be read', { timeout: 120_000 }, async ({ skip }) => {
  const folder = await mkdtemp(join(tmpdir(), 'acolhe-disk-'));
  const mounted = await execute('mount', ['-t', 'tmpfs', '-o', 'size=200m,mode=0755', 'tmpfs', folder]).then(
    () => true,
    () => false,
  );
  onTestFinished(async () => {
    if (mounted) await execute('umount', [folder]);
    await rm(folder, { recursive: true });
  });
  if (!mounted) return skip('needs root on Linux to mount a small disk');
  const postgres = await startEmbedded({ dataDir: folder, settings: { max_wal_size: '64MB' } });
  await migrate(postgres.url);
  const readiness = createReadiness(postgres.url, { isAlive: () => true }, silent);
  onTestFinished(async () => {
    await readiness.close();
    await postgres.stop();
  });
  expect(await readiness.check()).toEqual(fine);
  const { bavail, bsize } = await statfs(folder);
  const ballast = join(folder, 'ballast');
  // Writing may end with ENOSPC; the disk is full then, which is what we want.
  await writeFile(ballast, Buffer.alloc(bavail * bsize)).catch(() => undefined);
  const poll = () => expect.poll(() => readiness.check(), { timeout: 20_000, interval: 500 });
  await poll().toEqual({ ...fine, writable: false });
  await rm(ballast);
  await poll().toEqual(fine);
});
