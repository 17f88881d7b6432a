import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openImportClinic } from '../../../../../tests/support/import-clinics.ts';
import { waitForImport } from '../../../../../tests/support/import-file.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../../tests/support/server.ts';
import { quota } from './quota.ts';

let server: TestServer;
let outside: pg.Client;
let ana: SignedIn;
let clinicId: string;

beforeAll(async () => {
  server = await startTestServer();
  outside = new pg.Client(server.database.adminUrl);
  await outside.connect();
});
afterAll(async () => {
  await outside.end();
  await server.stop();
});
beforeEach(async () => {
  ({ ana } = await openImportClinic(server));
  clinicId = (await ana.api('GET /me')).body.clinic.id;
});

async function send(who: SignedIn, content = 'nome\nAna\n', key?: string) {
  const form = new FormData();
  form.set('dryRun', 'true');
  form.set('file', new Blob([content]), 'lista.csv');
  const headers = { authorization: `Bearer ${who.accessToken}`, 'accept-language': 'pt-BR' };
  const response = await fetch(`${server.address}/api/v1/imports`, {
    method: 'POST',
    headers: key === undefined ? headers : { ...headers, 'idempotency-key': key },
    body: form,
  });
  const body = (await response.json()) as { id: string; code?: string; detail?: string };
  return { status: response.status, wait: Number(response.headers.get('retry-after')), body };
}

/** Inserts imports up to the quota, without sending so many files. */
async function haveImports(
  count: number,
  { status, bytes, isKept = false }: { status: string; bytes: number; isKept?: boolean },
) {
  await outside.query(
    `with made as (
       insert into imports (clinic_id, professional_id, created_by, source, dry_run, on_conflict, status, file_bytes, created_at)
       select $1, $2, $2, 'web', true, 'skip', $3, $4, now() - interval '23 hours' from generate_series(1, $5::int)
       returning clinic_id, id
     )
     insert into import_files (clinic_id, import_id, part, bytes) select clinic_id, id, 0, '\\x61' from made where $6`,
    [clinicId, ana.professionalId, status, bytes, count, isKept],
  );
}

const importCount = async (): Promise<number> => (await ana.api('GET /imports')).body.items.length;

describe('what the imports of a clinic may take up', () => {
  it(
    'is a number of files a day, told with the time to wait; another clinic is not concerned',
    { timeout: 120_000 },
    async () => {
      await haveImports(quota.uploads - 1, { status: 'done', bytes: 1000 });
      const first = await send(ana, undefined, 'chave-1');
      expect(first.status).toBe(202);
      const refused = await send(ana);
      expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_imports' } });
      expect(refused.body.detail).toContain('100 arquivos');
      expect(refused.wait).toBeGreaterThan(3000);
      expect(refused.wait).toBeLessThanOrEqual(3600);
      // Replays and repeats are allowed, because neither sends a file.
      expect(await send(ana, undefined, 'chave-1')).toMatchObject({ status: 202, body: { id: first.body.id } });
      await waitForImport(ana, first.body.id);
      const again = await ana.api('POST /imports/{id}/repeat', {
        params: { id: first.body.id },
        body: { dryRun: true },
      });
      expect((await waitForImport(ana, again.body.id)).status).toBe('done');
      const { ana: other } = await openImportClinic(server);
      expect((await send(other)).status).toBe(202);
    },
  );

  it('is bytes a day', async () => {
    await haveImports(4, { status: 'done', bytes: quota.uploadedBytes / 4 });
    expect(await send(ana)).toMatchObject({ status: 429, body: { code: 'too_many_imports' } });
  });

  it('is bytes that are kept, which one import frees for the next', async () => {
    await haveImports(2, { status: 'done', bytes: quota.keptBytes / 2, isKept: true });
    const refused = await send(ana);
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_imports' } });
    expect(refused.body.detail).toContain('1 GB');
    await outside.query('delete from import_files where clinic_id = $1', [clinicId]);
    expect((await send(ana)).status).toBe(202);
  });

  it('is a number of imports in line, counted one at a time when many are sent at once', async () => {
    const key = [clinicId];
    await outside.query(`select pg_advisory_lock(hashtextextended('acolhe clinic ' || $1, 0))`, key);
    try {
      const earlier = await send(ana);
      await haveImports(quota.waiting - 3, { status: 'queued', bytes: 10 });
      const answers = await Promise.all(Array.from({ length: 6 }, () => send(ana)));
      expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 429, 429, 429, 429]);
      expect(answers.find(({ status }) => status === 429)).toMatchObject({
        wait: 60,
        body: { code: 'too_many_imports' },
      });
      await expect(
        ana.api('POST /imports/{id}/repeat', { params: { id: earlier.body.id }, body: {} }),
      ).rejects.toMatchObject({ problem: { code: 'too_many_imports' } });
      expect(await importCount()).toBe(quota.waiting);
    } finally {
      await outside.query(`select pg_advisory_unlock(hashtextextended('acolhe clinic ' || $1, 0))`, key);
    }
  });
});
