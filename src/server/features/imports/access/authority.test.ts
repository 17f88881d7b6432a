import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getClientByName, openImportClinic } from '../../../../../tests/support/import-clinics.ts';
import { importFile, undoImport, waitForImport } from '../../../../../tests/support/import-file.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../../tests/support/server.ts';
import { ApiError, createApiClient } from '../../../../shared/api-client.ts';
import type { Role } from '../../../../shared/contracts/auth.ts';
import { qb } from '../../../db/query-builder.ts';
import { sql } from '../../../db/sql.ts';

let server: TestServer;
let outside: pg.Client;
beforeAll(async () => {
  server = await startTestServer({ TRUSTED_PROXY_HOPS: '1' });
  outside = new pg.Client({ connectionString: server.database.url });
  await outside.connect();
});
afterAll(async () => {
  await outside.end();
  await server.stop();
});

const clinicOf = async (person: SignedIn): Promise<string> => (await person.api('GET /me')).body.clinic.id;

async function upload(person: SignedIn, content: string, fields: Readonly<Record<string, string>> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([content]), 'lista.csv');
  return (await person.api('POST /imports', { body: form })).body;
}

/** Keeps imports of the clinic from starting while the work runs. */
async function whileQueued(person: SignedIn, work: () => Promise<unknown>): Promise<void> {
  const key = [await clinicOf(person)];
  await outside.query(`select pg_advisory_lock(hashtextextended('acolhe clinic ' || $1, 0))`, key);
  try {
    await work();
  } finally {
    await outside.query(`select pg_advisory_unlock(hashtextextended('acolhe clinic ' || $1, 0))`, key);
  }
}

const waitingImport = `select pid from pg_stat_activity where datname = current_database()
  and application_name = 'acolhe import' and wait_event_type = 'Lock'`;

/** Holds an import right before its end: it waits for a client that is locked here. */
async function beforeItsEnd(clientId: string, start: () => Promise<unknown>, work: () => Promise<unknown>) {
  await outside.query('begin');
  await outside.query(`select set_config('app.system', 'on', true)`);
  await outside.query('select from clients where id = $1 for update', [clientId]);
  try {
    await start();
    const isWaiting = () => server.db.system((tx) => tx.run({ sql: waitingImport, parameters: [] } as never));
    await expect.poll(isWaiting, { timeout: 15_000 }).toHaveLength(1);
    await work();
  } finally {
    await outside.query('rollback');
  }
}

const deactivate = (by: SignedIn, who: SignedIn) =>
  by.api('POST /professionals/{id}/deactivate', { params: { id: who.professionalId }, body: { reason: 'saiu' } });
const giveRole = (by: SignedIn, who: SignedIn, role: Role) =>
  by.api('PATCH /professionals/{id}', {
    params: { id: who.professionalId },
    headers: { 'if-match': '*' },
    body: { role },
  });
const countClients = async (person: SignedIn): Promise<number> =>
  (await person.api('GET /clients', { query: {} })).body.total.value;
const list = 'nome,telefone\nAlice Prado,11987650101\nBeto Prado,11987650102\n';
const notAllowed = { status: 'failed', created: 0, failure: { code: 'no_longer_allowed' } };

describe('a queued import', () => {
  it.each([
    ['is deactivated', deactivate],
    ['becomes reception', (by: SignedIn, who: SignedIn) => giveRole(by, who, 'reception')],
    [
      'has the session ended by an administrator',
      (by: SignedIn, { professionalId, sessionId }: SignedIn) =>
        by.api('DELETE /professionals/{id}/sessions/{sessionId}', { params: { id: professionalId, sessionId } }),
    ],
  ])('writes nothing when its person %s', async (_, loseAuthority) => {
    const { ana, bruno } = await openImportClinic(server);
    let id = '';
    await whileQueued(ana, async () => {
      ({ id } = await upload(bruno, list));
      await loseAuthority(ana, bruno);
    });
    expect(await waitForImport(ana, id)).toMatchObject(notAllowed);
    expect(await countClients(ana)).toBe(0);
  });

  it('runs when its person has merely signed out', async () => {
    const { ana, bruno } = await openImportClinic(server);
    let id = '';
    await whileQueued(ana, async () => {
      ({ id } = await upload(bruno, list));
      await bruno.api('DELETE /auth/sessions/current');
    });
    expect(await waitForImport(ana, id)).toMatchObject({ status: 'done', created: 2 });
  });

  it('leaves the clients of colleagues alone when its administrator is a professional by then', async () => {
    const { ana, bruno } = await openImportClinic(server);
    await giveRole(ana, bruno, 'administrator');
    await ana.api('POST /clients', { body: { firstName: 'Alice', lastName: 'Prado', phone: '11987650101' } });
    const ids: string[] = [];
    await whileQueued(ana, async () => {
      ids.push((await upload(bruno, list)).id);
      ids.push((await upload(bruno, list, { professionalId: ana.professionalId })).id);
      await giveRole(ana, bruno, 'professional');
    });
    const [own = '', anas = ''] = ids;
    expect(await waitForImport(ana, own)).toMatchObject({ status: 'done', created: 1, moved: 0, conflicts: 1 });
    expect(await waitForImport(ana, anas)).toMatchObject(notAllowed);
    expect((await getClientByName(ana, 'Alice')).professionalId).toBe(ana.professionalId);
    const again = bruno.api('POST /imports/{id}/repeat', { params: { id: anas }, body: {} });
    expect(await again.catch((error: unknown) => error)).toMatchObject({ status: 403 });
  });

  it('says so when the professional who would get the clients is gone', async () => {
    const { ana, bruno } = await openImportClinic(server);
    let id = '';
    await whileQueued(ana, async () => {
      ({ id } = await upload(ana, list, { professionalId: bruno.professionalId }));
      await deactivate(ana, bruno);
    });
    expect(await waitForImport(ana, id)).toMatchObject({ status: 'failed', failure: { code: 'professional_gone' } });
  });

  it('commits nothing when its person loses access while it runs', async () => {
    const { ana, bruno } = await openImportClinic(server);
    const { body: alice } = await bruno.api('POST /clients', { body: { firstName: 'Alice', phone: '11987650101' } });
    let id = '';
    await beforeItsEnd(
      alice.id,
      async () => {
        ({ id } = await upload(bruno, 'nome,telefone,profissao\nAlice,11987650101,Atriz\nBeto,11987650102,\n'));
      },
      () => deactivate(ana, bruno),
    );
    expect(await waitForImport(ana, id)).toMatchObject(notAllowed);
    expect(await countClients(ana)).toBe(1);
    expect((await getClientByName(ana, 'Alice')).profession).toBeNull();
  });
});

describe('undoing', () => {
  it('leaves a client that was handed to a colleague meanwhile', async () => {
    const { ana, bruno } = await openImportClinic(server);
    for (const [firstName, phone] of [
      ['Alice', '11987650101'],
      ['Beto', '11987650102'],
    ] as const)
      await bruno.api('POST /clients', { body: { firstName, phone } });
    const job = await importFile(bruno, 'nome,telefone,profissao\nAlice,11987650101,Atriz\nBeto,11987650102,Padeiro\n');
    expect(job).toMatchObject({ updated: 2, sample: { length: 2 } });
    const { id } = await getClientByName(ana, 'Alice');
    await ana.api('PATCH /clients/{id}', {
      params: { id },
      headers: { 'if-match': '*' },
      body: { professionalId: ana.professionalId },
    });
    const undone = await undoImport(bruno, job.id);
    expect(undone).toMatchObject({ status: 'undone', undo: { restored: 1, kept: 1, keptClients: [] } });
    expect(undone.sample.map(({ client }) => client.name)).toEqual(['Beto']);
    expect((await waitForImport(ana, job.id)).undo?.keptClients).toMatchObject([{ name: 'Alice' }]);
    expect((await getClientByName(ana, 'Alice')).profession).toBe('Atriz');
    expect((await getClientByName(ana, 'Beto')).profession).toBeNull();
  });

  it('does not happen when its person loses access before', async () => {
    const { ana, bruno } = await openImportClinic(server);
    const job = await importFile(bruno, list);
    await whileQueued(ana, async () => {
      await bruno.api('POST /imports/{id}/undo', { params: { id: job.id } });
      await giveRole(ana, bruno, 'reception');
    });
    expect(await waitForImport(ana, job.id)).toMatchObject({ status: 'done', failure: { code: 'no_longer_allowed' } });
    expect(await countClients(ana)).toBe(2);
    expect(await undoImport(ana, job.id)).toMatchObject({ status: 'undone', failure: null, undo: { removed: 2 } });
  });
});

describe('the audit trail', () => {
  it("has the caller's address and session for imports, undoings and downloads of refused rows", async () => {
    const { ana } = await openImportClinic(server);
    const headers = { authorization: `Bearer ${ana.accessToken}`, 'x-forwarded-for': '203.0.113.9' };
    const elsewhere = { ...ana, api: createApiClient({ baseUrl: server.address, headers: () => headers }) };
    const job = await importFile(elsewhere, `${list}Caio,12\n`);
    const path = `/api/v1/imports/${job.id}/rejected.csv`;
    expect(await (await fetch(`${server.address}${path}`, { headers })).text()).toContain('Caio');
    await undoImport(elsewhere, job.id);
    const events = await server.db.system((tx) =>
      tx.run(
        qb
          .selectFrom('audit_events')
          .select(['action', 'session_id', 'actor_id', sql<string>`host(address)`.as('address'), 'request_id'])
          .where('record_id', '=', job.id)
          .orderBy('at'),
      ),
    );
    expect(events.map(({ action }) => action)).toEqual([
      'clients_imported',
      'import_read',
      'import_rejects_exported',
      'import_undone',
      'import_read',
    ]);
    for (const event of events) {
      expect(event).toMatchObject({
        address: '203.0.113.9',
        session_id: ana.sessionId,
        actor_id: ana.professionalId,
      });
      expect(event.request_id).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('has no line for a download that was refused', async () => {
    const { ana, bruno } = await openImportClinic(server);
    const job = await importFile(ana, list);
    const refused = bruno.api('GET /imports/{id}', { params: { id: job.id } });
    expect(await refused.catch((error: unknown) => error)).toBeInstanceOf(ApiError);
    const read = await server.db.system((tx) =>
      tx.run(
        qb
          .selectFrom('audit_events')
          .select('actor_id')
          .where('record_id', '=', job.id)
          .where('action', '=', 'import_read'),
      ),
    );
    expect(read.map((event) => event.actor_id)).toEqual([ana.professionalId]);
  });
});
