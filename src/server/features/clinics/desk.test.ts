import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { furnishClinic } from '../../../../tests/support/furnished-clinic.ts';
import { importFile } from '../../../../tests/support/import-file.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import {
  chooseClinicId,
  deleteClinic,
  limitClinic,
  listDeskEvents,
  listClinicFigures,
  measureClinic,
  noteClinicExport,
  openHostEntry,
  planDeletion,
  renameClinic,
  resumeClinic,
  suspendClinic,
  takeBackDeletion,
} from './api.ts';

const caller = { requestId: 'acolhe clinics', address: '127.0.0.1' };
const archiveId = '019f0000-0000-7000-8000-000000000000';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function ask<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client(server.database.url);
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

async function openClinic(domain: string): Promise<{ readonly name: string; readonly ana: SignedIn }> {
  await server.createClinic(domain);
  return { name: `Clínica ${domain}`, ana: await server.signIn(`ana@${domain}`) };
}

const actions = async (ana: SignedIn): Promise<string[]> =>
  (await ana.api('GET /audit', { query: { limit: 200 } })).body.items.map(({ action }) => action);

describe('a suspended clinic', () => {
  it('lets nobody in and ends every session with the reason, until it is resumed; its data is untouched', async () => {
    const { name, ana } = await openClinic('suspensa.example');
    const other = await openClinic('aberta.example');
    const { url } = (await ana.api('POST /calendar-feeds', { body: { name: 'x' } })).body;
    const { body } = await ana.api('POST /clients', { body: { firstName: 'Rosa' } });
    await suspendClinic(server.db, name, caller);
    await expect(ana.api('GET /me')).rejects.toMatchObject({
      status: 401,
      problem: { code: 'session_ended', reason: 'clinic_suspended' },
    });
    await expect(server.signIn('bruno@suspensa.example')).rejects.toMatchObject({
      status: 403,
      problem: { code: 'clinic_suspended', detail: expect.stringContaining('está suspenso') as string },
    });
    expect((await fetch(`${server.address}${url}`)).status).toBe(404);
    expect((await other.ana.api('GET /me')).status).toBe(200);
    await expect(suspendClinic(server.db, name, caller)).rejects.toMatchObject({
      refusal: { code: 'suspended_already' },
    });
    await resumeClinic(server.db, name, caller);
    expect((await fetch(`${server.address}${url}`)).status).toBe(200);
    const again = await server.signIn('ana@suspensa.example');
    expect((await again.api('GET /clients/{id}', { params: { id: body.id } })).body).toMatchObject({
      firstName: 'Rosa',
    });
    expect(await actions(again)).toEqual(expect.arrayContaining(['clinic_suspended', 'clinic_resumed']));
  });

  it('is shut by the database itself, even with a session that somebody forgot to end', async () => {
    const { ana } = await openClinic('esquecida.example');
    await ask(`update clinics set suspended_at = now() where name = 'Clínica esquecida.example'`);
    await expect(ana.api('GET /me')).rejects.toMatchObject({ problem: { reason: 'clinic_suspended' } });
  });
});

describe('limits', () => {
  it('are told with their number where clients or people are added, and an import is all or nothing', async () => {
    const { name, ana } = await openClinic('limite.example');
    await ana.api('POST /clients', { body: { firstName: 'Um' } });
    await limitClinic(server.db, name, { clients: 2, people: 3 }, caller);
    const { body: second } = await ana.api('POST /clients', { body: { firstName: 'Dois' } });
    const refused = { status: 409, problem: { code: 'client_limit_reached', limit: 2 } };
    await expect(ana.api('POST /clients', { body: { firstName: 'Três' } })).rejects.toMatchObject(refused);
    await ana.api('DELETE /clients/{id}', { params: { id: second.id }, headers: { 'if-match': '*' } });
    const job = await importFile(ana, 'nome,telefone\nAna,11987650001\nBia,11987650002\n');
    expect(job).toMatchObject({ status: 'failed', failure: { code: 'client_limit_reached' } });
    expect((await ana.api('GET /clients', { query: {} })).body.total.value).toBe(1);
    expect((await importFile(ana, 'nome,telefone\nAna,11987650001\n')).status).toBe('done');
    const restored = ana.api('POST /clients/{id}/restore', { params: { id: second.id } });
    await expect(restored).rejects.toMatchObject(refused);
    const dora = { email: 'dora@limite.example', firstName: 'Dora', role: 'reception' } as const;
    await expect(ana.api('POST /professionals', { body: dora })).rejects.toMatchObject({
      status: 409,
      problem: { code: 'people_limit_reached', limit: 3 },
    });
    await limitClinic(server.db, name, { clients: null, people: undefined }, caller);
    expect((await ana.api('POST /clients/{id}/restore', { params: { id: second.id } })).status).toBe(200);
    const [limited] = (await ana.api('GET /audit', { query: { action: 'clinic_limited' } })).body.items.slice(-1);
    expect(limited?.details.changes).toEqual([
      { field: 'clients', from: null, to: 2 },
      { field: 'people', from: null, to: 3 },
    ]);
  });

  it('hold where somebody comes back', async () => {
    const { name, ana } = await openClinic('volta.example');
    const create = async (firstName: string) => (await ana.api('POST /clients', { body: { firstName } })).body.id;
    const [one, two, three] = [await create('Um'), await create('Dois'), await create('Três')];
    const { body: archived } = await ana.api('POST /clients/several', {
      body: { ids: [one, two], change: { archive: true } },
    });
    const undoArchive = () =>
      ana.api('POST /clients/several/{id}/undo', { params: { id: archived.id ?? '' } }).then(({ body }) => body);
    await limitClinic(server.db, name, { clients: 2, people: undefined }, caller);
    const refused = { status: 409, problem: { code: 'client_limit_reached', limit: 2 } };
    await expect(undoArchive()).rejects.toMatchObject(refused);
    expect((await ana.api('GET /clients', { query: {} })).body.total.value).toBe(1);

    const four = await create('Quatro');
    const { body: merged } = await ana.api('POST /duplicates/merge', {
      body: { winnerId: three, loserId: four, winnerEtag: '*', loserEtag: '*' },
    });
    const five = await create('Cinco');
    const unmerge = () => ana.api('POST /duplicates/merges/{id}/undo', { params: { id: merged.merge.id } });
    await expect(unmerge()).rejects.toMatchObject(refused);
    await ana.api('DELETE /clients/{id}', { params: { id: five }, headers: { 'if-match': '*' } });
    expect((await unmerge()).status).toBe(200);
    await limitClinic(server.db, name, { clients: 4, people: undefined }, caller);
    expect(await undoArchive()).toEqual({ restored: 2, left: [] });
  });

  it('hold when many are added at once', async () => {
    const { name, ana } = await openClinic('corrida.example');
    await limitClinic(server.db, name, { clients: 3, people: undefined }, caller);
    const asked = Array.from({ length: 8 }, (_, i) =>
      ana.api('POST /clients', { body: { firstName: `C${String(i)}` } }),
    );
    const done = await Promise.allSettled(asked);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  });
});

describe('an entry of the host', () => {
  it('opens the clinic for its hours alone; administrators see it, with its reason, and can end it', async () => {
    const { name, ana } = await openClinic('entrada.example');
    const person = { email: 'host@operador.example', firstName: 'Host', lastName: null };
    const opened = await openHostEntry(
      server.db,
      { clinicName: name, person, reason: 'Chamado 12: a agenda não abre', hours: 2 },
      caller,
    );
    const host = await server.signIn(person.email);
    expect((await host.api('GET /clients', { query: {} })).status).toBe(200);
    const { items } = (await ana.api('GET /host-entries', { query: {} })).body;
    expect(items).toMatchObject([
      { id: opened.id, reason: 'Chamado 12: a agenda não abre', open: true, endedBy: null },
    ]);
    const bruno = await server.signIn('bruno@entrada.example');
    await expect(bruno.api('GET /host-entries', { query: {} })).rejects.toMatchObject({ status: 403 });
    const events = (await ana.api('GET /audit', { query: { recordType: 'host_entry' } })).body.items;
    expect(events).toMatchObject([
      { action: 'host_entered', recordId: opened.id, details: { changes: [{ field: 'hours', from: null, to: 2 }] } },
    ]);
    expect(JSON.stringify(events)).not.toContain('Chamado');
    await ana.api('POST /host-entries/{id}/end', { params: { id: opened.id } });
    await expect(host.api('GET /me')).rejects.toMatchObject({
      problem: { code: 'session_ended', reason: 'entry_over' },
    });
    await expect(server.signIn(person.email)).rejects.toMatchObject({ problem: { code: 'entry_missing' } });
    await expect(ana.api('POST /host-entries/{id}/end', { params: { id: opened.id } })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('ends by itself, with the next request, and another clinic does not see it', async () => {
    const { name } = await openClinic('vencida.example');
    const other = await openClinic('outra-vencida.example');
    const person = { email: 'tempo@operador.example', firstName: 'Tempo', lastName: null };
    const { id } = await openHostEntry(server.db, { clinicName: name, person, reason: 'Chamado 13', hours: 1 }, caller);
    const host = await server.signIn(person.email);
    expect((await other.ana.api('GET /host-entries', { query: {} })).body.items).toEqual([]);
    await expect(other.ana.api('POST /host-entries/{id}/end', { params: { id } })).rejects.toMatchObject({
      status: 404,
    });
    await ask(
      `update host_entries set started_at = now() - interval '2 hours', ends_at = now() - interval '1 second'
      where id = $1`,
      [id],
    );
    await expect(host.api('GET /me')).rejects.toMatchObject({ problem: { reason: 'entry_over' } });
    const refreshed = fetch(`${server.address}/api/v1/auth/refresh`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refreshToken: host.refreshToken }),
    });
    expect((await refreshed).status).toBe(401);
  });

  it('is in one clinic at a time, and never for somebody of a clinic', async () => {
    const [one, two] = [await openClinic('um-de-dois.example'), await openClinic('dois-de-dois.example')];
    const person = { email: 'um@operador.example', firstName: 'Um', lastName: null };
    const enter = (clinicName: string, email = person.email) =>
      openHostEntry(server.db, { clinicName, person: { ...person, email }, reason: 'Chamado 14', hours: 1 }, caller);
    await enter(one.name);
    const first = await server.signIn(person.email);
    await enter(two.name);
    await expect(first.api('GET /me')).rejects.toMatchObject({ problem: { reason: 'entry_over' } });
    const second = await server.signIn(person.email);
    expect((await second.api('GET /me')).body.clinic.name).toBe(two.name);
    expect((await one.ana.api('GET /host-entries', { query: {} })).body.items).toMatchObject([{ open: false }]);
    await enter(one.name);
    const third = await server.signIn(person.email);
    expect(third.professionalId).toBe(first.professionalId);
    await expect(enter(one.name, 'bruno@dois-de-dois.example')).rejects.toMatchObject({
      refusal: { code: 'email_taken' },
    });
  });
});

describe('the desk', () => {
  it('renames, and tells what a clinic has', async () => {
    const { name, ana } = await openClinic('figuras.example');
    await furnishClinic(ana);
    await expect(renameClinic(server.db, name, 'clínica LIMITE.example', caller)).rejects.toMatchObject({
      refusal: { code: 'name_taken' },
    });
    await renameClinic(server.db, name, 'Clínica das Figuras', caller);
    const size = await measureClinic(server.db, 'clínica das figuras');
    expect(size).toMatchObject({ clients: 3, archivedClients: 1, people: 3, appointments: 2, comingAppointments: 2 });
    expect(size.bytes).toBeGreaterThan(1000);
    expect(size.tables).toContainEqual({ table: 'clients', rows: 4, bytes: expect.any(Number) as number });
    const listed = (await listClinicFigures(server.db)).find(({ id }) => id === size.id);
    expect(listed?.lastActivityAt?.getTime()).toBeGreaterThan(Date.now() - 600_000);
  });

  it(
    'deletes only after suspension, export and delay, and then leaves no row of it in any table',
    { timeout: 200_000 },
    async () => {
      const { name, ana } = await openClinic('apagada.example');
      const stays = await openClinic('permanece.example');
      await Promise.all([furnishClinic(ana), furnishClinic(stays.ana)]);
      const { id } = await chooseClinicId(server.db, name);
      const plan = () => planDeletion(server.db, name, 30, caller);
      const remove = (confirmed = name) => deleteClinic(server.db, name, confirmed, caller);
      await expect(plan()).rejects.toMatchObject({ refusal: { code: 'not_suspended' } });
      await noteClinicExport(server.db, name, archiveId, caller);
      await suspendClinic(server.db, name, caller);
      await expect(plan()).rejects.toMatchObject({ refusal: { code: 'not_exported' } });
      await noteClinicExport(server.db, name, archiveId, caller);
      await expect(remove()).rejects.toMatchObject({ refusal: { code: 'no_deletion_planned' } });
      await plan();
      await expect(resumeClinic(server.db, name, caller)).rejects.toMatchObject({
        refusal: { code: 'deletion_planned' },
      });
      await expect(remove()).rejects.toMatchObject({ refusal: { code: 'deletion_not_due' } });
      await takeBackDeletion(server.db, name, caller);
      await plan();
      await expect(
        ask(
          `begin; select set_config('app.deleting_clinic', '${id}', true); delete from audit_events where clinic_id = '${id}'`,
        ),
      ).rejects.toThrow('append-only');
      const others = await countRows(stays.name);
      await ask(`update clinics set deletion_due_at = now() - interval '1 second' where id = $1`, [id]);
      await expect(remove('Clínica Apagada')).rejects.toMatchObject({ refusal: { code: 'wrong_name' } });
      const { deleted } = await remove();
      expect(deleted.find(({ table }) => table === 'clients')).toEqual({ table: 'clients', rows: 4 });
      const tables = await ask<{ name: string }>(
        `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname = 'public'`,
      );
      expect(tables.length).toBeGreaterThan(40);
      for (const table of tables.filter((each) => each.name !== 'host_events')) {
        const [found] = await ask<{ rows: string }>(
          `select count(*) as rows from "${table.name}" t where strpos(t::text, $1) > 0`,
          [id],
        );
        expect([table.name, found?.rows]).toEqual([table.name, '0']);
      }
      expect(await countRows(stays.name)).toEqual(others);
      const kept = (await listDeskEvents(server.db)).filter(({ clinicId }) => clinicId === id);
      expect(kept.at(-1)).toMatchObject({ action: 'clinic_deleted', details: { archive: archiveId } });
      await expect(ask('delete from host_events')).rejects.toThrow('append-only');
    },
  );
});

/** Tables that the server itself writes a moment later. */
const settling: ReadonlySet<string> = new Set(['audit_seals', 'client_counts', 'client_count_changes']);

/** How many rows a clinic has, by table. */
const countRows = async (name: string) =>
  (await measureClinic(server.db, name)).tables
    .filter(({ table }) => !settling.has(table))
    .map(({ table, rows }) => [table, rows]);
