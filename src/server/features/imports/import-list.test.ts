import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openImportClinic } from '../../../../tests/support/import-clinics.ts';
import { importFile, waitForImport } from '../../../../tests/support/import-file.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { contributions } from '../../features.ts';
import { purge } from '../housekeeping/api.ts';
import { endAbandonedImports } from './running/run-import.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
const openClinic = () => openImportClinic(server);

describe('the list of imports', () => {
  it('shows administrators those of the clinic and others their own', async () => {
    const { ana, bruno, carla } = await openClinic();
    const first = await importFile(bruno, 'nome\nUm\n');
    const second = await importFile(ana, 'nome\nDois\n');
    const idsOf = async (person: SignedIn) => (await person.api('GET /imports')).body.items.map(({ id }) => id);
    expect(await idsOf(ana)).toEqual([second.id, first.id]);
    expect(await idsOf(bruno)).toEqual([first.id]);
    await expect((await carla()).api('GET /imports')).rejects.toMatchObject({ status: 403 });
  });

  it('writes one event for an import, one for its reading, and none of its contents', async () => {
    const { ana } = await openClinic();
    const job = await importFile(ana, 'nome\nSegredo\n');
    const rows = await server.db.system((tx) =>
      tx.run({ sql: `select * from audit_events where record_id = '${job.id}' order by at`, parameters: [] } as never),
    );
    expect(rows).toMatchObject([{ action: 'clients_imported' }, { action: 'import_read' }]);
    expect(rows[0]).toMatchObject({ action: 'clients_imported', record_type: 'import', actor_id: ana.professionalId });
    expect(JSON.stringify(rows) + server.logs.join('')).not.toContain('Segredo');
  });

  it('keeps a file for a day and what it refused for a month', async () => {
    const { ana } = await openClinic();
    const job = await importFile(ana, 'nome,fone\nUm,1\n', { dryRun: 'true' });
    const age = (interval: string) =>
      server.db.system((tx) =>
        tx.run({ sql: `update imports set created_at = now() - interval '${interval}'`, parameters: [] } as never),
      );
    await age('25 hours');
    await purge(server.db, contributions.purges);
    const repeat = ana.api('POST /imports/{id}/repeat', { params: { id: job.id }, body: {} });
    await expect(repeat).rejects.toMatchObject({ status: 409, problem: { code: 'import_file_gone' } });
    const look = async () => (await ana.api('GET /imports/{id}', { params: { id: job.id } })).body;
    expect(await look()).toMatchObject({ repeatable: false, problems: [{ code: 'invalid_phone' }] });
    await age('31 days');
    await purge(server.db, contributions.purges);
    expect((await look()).problems).toEqual([]);
  });

  it('waits for an undoing that has not begun', async () => {
    const { ana } = await openClinic();
    const { id } = await importFile(ana, 'nome\nTeresa\n');
    const run = (sql: string) => server.db.system((tx) => tx.run({ sql, parameters: [] } as never));
    const read = async () => (await ana.api('GET /imports/{id}', { params: { id } })).body;
    const key = `undo_import:${id}`;
    await run(
      `select graphile_worker.add_job('undo_import', '{}', job_key := '${key}', run_at := now() + interval '1 hour')`,
    );
    await run(`update imports set status = 'undoing' where id = '${id}'`);
    await endAbandonedImports(server.db);
    expect((await read()).status).toBe('undoing');
    await run(`select graphile_worker.remove_job('${key}')`);
    await endAbandonedImports(server.db);
    expect(await read()).toMatchObject({ status: 'done', failure: { code: 'undo_interrupted' } });
  });

  it('tells that an import was interrupted whose process is gone, and lets it be repeated', async () => {
    const { ana } = await openClinic();
    const job = await importFile(ana, 'nome,fone\nFênix,\nUm,1\n', { dryRun: 'true' });
    expect(job).toMatchObject({ created: 1, rejected: 1 });
    await server.db.system((tx) =>
      tx.run({ sql: `update imports set status = 'running' where id = '${job.id}'`, parameters: [] } as never),
    );
    // Nothing of it was kept, and its counts say so.
    const nothing = { processed: 0, created: 0, rejected: 0, problems: [] };
    expect(await waitForImport(ana, job.id)).toMatchObject({ status: 'interrupted', repeatable: true, ...nothing });
    const { body } = await ana.api('POST /imports/{id}/repeat', { params: { id: job.id }, body: {} });
    expect(await waitForImport(ana, body.id)).toMatchObject({ status: 'done', created: 1 });
  });
});
