import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiClient } from '../../src/shared/api-client.ts';
import type { ClientPatch } from '../../src/shared/contracts/clients.ts';
import { createTestDatabase } from '../support/database.ts';
import { type Installation, installOn, type ServerProcess } from './installation.ts';

let installation: Installation;
let server: ServerProcess;
let api: ApiClient;

beforeAll(async () => {
  const [database, folder] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), 'acolhe-long-'))]);
  installation = await installOn(database.url, folder, async () => {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });
  server = await installation.startServer({ NODE_OPTIONS: '--max-old-space-size=400' });
  ({ api } = await installation.signIn(server));
}, 120_000);
afterAll(() => installation.stop());

const register = async (): Promise<string> => (await api('POST /clients', { body: { firstName: 'Longa' } })).body.id;

const change = (id: string, body: ClientPatch) =>
  api('PATCH /clients/{id}', { params: { id }, headers: { 'if-match': '*' }, body });

/** Reads a client's whole history. @returns its versions, and the milliseconds of the slowest page */
async function readAll(id: string, limit?: number) {
  const versions: number[] = [];
  let slowest = 0;
  for (let cursor: string | undefined; ;) {
    const query = { ...(limit === undefined ? {} : { limit }), ...(cursor === undefined ? {} : { cursor }) };
    const begun = performance.now();
    const { body } = await api('GET /clients/{id}/history', { params: { id }, query });
    slowest = Math.max(slowest, performance.now() - begun);
    versions.push(...body.items.map(({ version }) => version));
    if (body.nextCursor === null) return { versions, slowest };
    cursor = body.nextCursor;
  }
}

const readers = (id: string) => Promise.all([readAll(id, 1), readAll(id, 1), readAll(id)]);
const newestFirst = (count: number) => Array.from({ length: count }, (_, n) => count - n);

it('twelve changes as large as may be and three readers leave a server of 400 MB calm', async () => {
  const id = await register();
  for (let n = 0; n < 12; n++) {
    const extra = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`coluna ${String(at)}`, String.fromCharCode(97 + n).repeat(5000)]),
    );
    await change(id, { extra, notes: `${String(n)}${'ã'.repeat(19_000)}` });
  }
  const short = await register();
  await change(short, { notes: 'x' });
  await expect
    .poll(
      async () => {
        // A short record is the reference: on a busy machine its readers are slow too.
        const calm = Math.max(...(await readers(short)).map(({ slowest }) => slowest));
        const read = await readers(id);
        for (const { versions } of read) expect(versions).toEqual(newestFirst(13));
        return Math.max(...read.map(({ slowest }) => slowest)) < Math.max(1000, 10 * calm);
      },
      { timeout: 60_000, interval: 0 },
    )
    .toBe(true);
  const copy = await api('GET /clients/{id}/data-export', { params: { id } });
  expect(copy.body.history).toHaveLength(13);
  expect(server.process.exitCode).toBeNull();
}, 120_000);

it('and so does a record that grew without a bound in an earlier release, which can be made smaller', async () => {
  const id = await register();
  // An earlier release wrote such rows: every version has all columns twice.
  await installation.query(
    `insert into client_versions (clinic_id, client_id, version, professional_id, action, changes)
      select p.clinic_id, $1, n + 1, p.id, 'update', jsonb_build_array(jsonb_build_object('field', 'extra',
        'from', (select jsonb_object_agg('coluna ' || k, repeat(md5(k::text), 6250)) from generate_series(1, n - 1) as k),
        'to', (select jsonb_object_agg('coluna ' || k, repeat(md5(k::text), 6250)) from generate_series(1, n) as k)))
      from professionals p, generate_series(1, 12) as n where p.id = $2`,
    [id, installation.professionalId],
  );
  await installation.query('alter table clients disable trigger clients_size_checked');
  await installation.query(
    `update clients set version = 13, extra = (select jsonb_object_agg('coluna ' || k, repeat(md5(k::text), 6250)) from generate_series(1, 12) as k)
      where id = $1`,
    [id],
  );
  await installation.query('alter table clients enable trigger clients_size_checked');
  for (const { versions } of await readers(id)) expect(versions).toEqual(newestFirst(13));
  const { body, etag } = await api('GET /clients/{id}', { params: { id } });
  expect(Object.keys(body.extra ?? {})).toHaveLength(12);
  const smaller = await api('PATCH /clients/{id}', {
    params: { id },
    headers: { 'if-match': etag ?? '' },
    body: { extra: { 'coluna 1': null } },
  });
  expect(Object.keys(smaller.body.extra ?? {})).toHaveLength(11);
  const [change] = (await api('GET /clients/{id}/history', { params: { id }, query: { limit: 1 } })).body.items;
  expect(Object.keys(change?.changes[0]?.from ?? {})).toEqual(['coluna 1']);
  expect(server.process.exitCode).toBeNull();
}, 120_000);
