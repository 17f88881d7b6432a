import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { findAccount } from '../embedded-database/account.ts';
import { runOrThrow } from '../embedded-database/run.ts';
import { findFreePort } from '../embedded-database/server.ts';
import { listSchemaDifferences } from './schema-types.ts';

/** Debian's PostgreSQL 15, the oldest supported version; skipped when it is not installed. */
const bin = '/usr/lib/postgresql/15/bin';

describe.skipIf(!existsSync(join(bin, 'initdb')))('on PostgreSQL 15', () => {
  let folder: string;
  let postgres: ChildProcess;
  let server: TestServer;
  let url: string;

  beforeAll(async () => {
    const account = findAccount();
    folder = await mkdtemp(join(tmpdir(), 'acolhe-pg15-'));
    if (account !== undefined) chownSync(folder, account.uid, account.gid);
    const port = await findFreePort();
    const data = join(folder, 'data');
    // As Debian creates it without a locale: the hardest case for letters beyond ASCII.
    await runOrThrow(
      join(bin, 'initdb'),
      ['-D', data, '-U', 'postgres', '-A', 'trust', '-N', '-E', 'UTF8', '--locale=C'],
      {
        account,
        cwd: folder,
      },
    );
    postgres = spawn(
      join(bin, 'postgres'),
      ['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1', '-F', '-c', 'shared_buffers=64MB'],
      { cwd: folder, stdio: 'ignore', ...(account && { uid: account.uid, gid: account.gid }) },
    );
    url = `postgres://clinic@127.0.0.1:${port}/clinic`;
    await createClinicDatabase(port);
    server = await startTestServer({ DATABASE_URL: url });
  });
  afterAll(async () => {
    await server.stop();
    postgres.kill('SIGINT');
    await once(postgres, 'exit');
    await rm(folder, { recursive: true, force: true });
  });

  async function createClinicDatabase(port: number): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const admin = new pg.Client(`postgres://postgres@127.0.0.1:${port}/postgres`);
      try {
        await admin.connect();
        await admin.query('create role clinic login createrole');
        await admin.query('create database clinic owner clinic');
        return;
      } catch (error) {
        if (attempt === 100) throw error;
        await sleep(100);
      } finally {
        await admin.end();
      }
    }
  }

  it('has the same schema', async () => {
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    await client.end();
    expect(rows[0]?.server_version).toMatch(/^15\./);
    expect(await listSchemaDifferences(url)).toEqual([]);
  });

  it('registers, finds, changes, archives and restores a client', async () => {
    await server.createClinic('quinze.test');
    const bruno = await server.signIn('bruno@quinze.test');
    const body = { firstName: 'Юрий', lastName: 'Gonçalves d’Ávila', phone: '(11) 98765-4321', tags: ['a'] };
    const { id } = (await bruno.api('POST /clients', { body })).body;
    await bruno.api('POST /clients', { body: { firstName: 'Ágata' } });
    await bruno.api('POST /clients', { body: { firstName: 'Bia' } });
    for (const q of ['goncalves', 'goncalvez', 'davila', 'юри', 'юрай', '4321'])
      expect(
        (await bruno.api('GET /clients', { query: { q } })).body.items.map((item) => item.id),
        q,
      ).toEqual([id]);
    const names = (await bruno.api('GET /clients')).body.items.map(({ firstName }) => firstName);
    expect(names).toEqual(['Ágata', 'Bia', 'Юрий']);
    const params = { id };
    await bruno.api('PATCH /clients/{id}', { params, headers: { 'if-match': '"1"' }, body: { rg: '1' } });
    await bruno.api('DELETE /clients/{id}', { params, headers: { 'if-match': '"2"' } });
    expect((await bruno.api('POST /clients/{id}/restore', { params })).etag).toBe('"4"');
    expect((await bruno.api('GET /clients/{id}/history', { params })).body.items).toHaveLength(4);
  });
});
