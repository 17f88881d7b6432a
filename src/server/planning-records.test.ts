import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agenda, at, openAgenda, registerClient } from '../../tests/support/agenda.ts';
import { startTestServer, type TestServer } from '../../tests/support/server.ts';
import type { Series } from '../shared/contracts/agenda/series.ts';
import { qb } from './db/query-builder.ts';
import { sql } from './db/sql.ts';

// What the features around the agenda keep about a client, when something happens to the client.

let server: TestServer;
let agenda: Agenda;

beforeAll(async () => {
  server = await startTestServer();
  agenda = await openAgenda(server);
});
afterAll(() => server.stop());

let weeks = 0;

/** A client with one of everything. */
async function furnish() {
  const { ana } = agenda;
  const clientId = await registerClient(ana, ana.professionalId);
  const wish = (await ana.api('POST /waiting-list', { body: { clientId, note: 'prefere cedo' } })).body;
  const body = { clientId, total: 10, name: 'Pacote da Maria' };
  const { id: packageId } = (await ana.api('POST /session-packages', { body })).body;
  const localStart = `${at('10:00', `2031-07-${String(7 + (weeks += 1)).padStart(2, '0')}`).slice(0, 10)}T10:00`;
  const rule = { every: 1, unit: 'week' as const, count: 1 };
  const base = { clientId, professionalId: ana.professionalId, visitType: 'retorno', title: 'Da Maria', packageId };
  const choices = { [localStart.slice(0, 10)]: `${localStart}:00-03:00` };
  const series = (await ana.api('POST /series', { body: { ...base, localStart, rule, choices } })).body as Series;
  await ana.api('PATCH /clients/{id}/reminders', {
    params: { id: clientId },
    body: { email: false },
    headers: { 'if-match': '*' },
  });
  return { clientId, wishId: wish.id, packageId, series, appointmentId: series.appointments[0]?.id ?? '' };
}

type Furnished = Awaited<ReturnType<typeof furnish>>;

const ownersOf = async ({ wishId, packageId, series }: Furnished): Promise<(string | undefined)[]> => {
  const { ana } = agenda;
  const query = { limit: 200 };
  const wishes = (await ana.api('GET /waiting-list', { query })).body.items;
  const packages = (await ana.api('GET /session-packages', { query })).body.items;
  const { body } = await ana.api('GET /series/{id}', { params: { id: series.id } });
  return [
    wishes.find(({ id }) => id === wishId)?.clientId,
    packages.find(({ id }) => id === packageId)?.clientId,
    body.clientId,
    body.appointments[0]?.clientId,
  ];
};

it('wishes, packages and series follow a merge, and come back when it is undone, also of two merges in a row', async () => {
  const { ana } = agenda;
  const first = await furnish();
  const [second, third] = [
    await registerClient(ana, ana.professionalId),
    await registerClient(ana, ana.professionalId),
  ];
  const merge = async (winnerId: string, loserId: string): Promise<string> => {
    const body = { winnerId, loserId, winnerEtag: '*', loserEtag: '*', fields: {} };
    return (await ana.api('POST /duplicates/merge', { body })).body.merge.id;
  };
  const undo = (id: string) => ana.api('POST /duplicates/merges/{id}/undo', { params: { id } });
  const mergeIds = [await merge(second, first.clientId), await merge(third, second)];
  expect(await ownersOf(first)).toEqual([third, third, third, third]);
  await undo(mergeIds[1] ?? '');
  expect(await ownersOf(first)).toEqual([second, second, second, second]);
  await undo(mergeIds[0] ?? '');
  expect(await ownersOf(first)).toEqual(Array.from({ length: 4 }, () => first.clientId));
});

it('the copy of a person’s data has them', async () => {
  const { clientId, wishId, packageId, series, appointmentId } = await furnish();
  const response = await fetch(`${server.address}/api/v1/clients/${clientId}/data-export`, {
    headers: { authorization: `Bearer ${agenda.ana.accessToken}` },
  });
  expect(await response.json()).toMatchObject({
    appointments: [{ id: appointmentId, seriesId: series.id, session: { packageId, number: 1, total: 10 } }],
    series: [{ id: series.id, title: 'Da Maria', gaps: [] }],
    sessionPackages: [{ id: packageId, used: 0, booked: 1 }],
    waitingList: [{ id: wishId, note: 'prefere cedo' }],
    reminders: [{ email: false }],
  });
});

it('anonymising removes what tells who it was, ends the series and revokes the links', async () => {
  const { ana } = agenda;
  const { clientId, wishId, packageId, series, appointmentId } = await furnish();
  const params = { id: appointmentId };
  const { url } = (await ana.api('POST /appointments/{id}/confirmation-link', { params })).body;
  // As if it had all been long ago.
  await server.db.system(async (tx) => {
    const old = sql`now() - interval '30 years'`;
    await tx.run(sql`update clients set created_at = ${old} where id = ${clientId}`);
    await tx.run(
      sql`update appointments set start_at = ${old}, end_at = ${old} + interval '1 hour', created_at = ${old},
        updated_at = ${old} where client_id = ${clientId}`,
    );
    await tx.run(
      sql`update session_packages set created_at = ${old}, updated_at = ${old} where client_id = ${clientId}`,
    );
    await tx.run(sql`select set_config('app.anonymizing', 'on', true)`);
    await tx.run(sql`update client_versions set at = ${old} where client_id = ${clientId}`);
  });
  await ana.api('POST /clients/{id}/anonymize', { params: { id: clientId } });
  expect((await ana.api('GET /waiting-list', { query: { limit: 200 } })).body.items.map(({ id }) => id)).not.toContain(
    wishId,
  );
  const packages = (await ana.api('GET /session-packages', { query: { limit: 200 } })).body.items;
  expect(packages.find(({ id }) => id === packageId)).toMatchObject({ name: null, total: 10 });
  const { body } = await ana.api('GET /series/{id}', { params: { id: series.id } });
  expect(body).toMatchObject({ title: null, endedAt: expect.any(String) as string });
  const token = url.slice(-24);
  expect((await fetch(`${server.address}/api/v1/public/confirmations/${token}`)).status).toBe(404);
  const left = await server.db.system((tx) =>
    tx.run(qb.selectFrom('confirmation_links').select('revoked_at').where('appointment_id', '=', appointmentId)),
  );
  expect(left).toEqual([{ revoked_at: expect.any(Date) as Date }]);
});

it('undoing an import keeps those who were given a place in the waiting list since', async () => {
  const { ana } = agenda;
  const form = new FormData();
  form.set('professionalId', ana.professionalId);
  form.set('file', new Blob([`nome\nImportada ${randomUUID()}\n`]), 'lista.csv');
  const { id } = (await ana.api('POST /imports', { body: form })).body;
  const read = async () => (await ana.api('GET /imports/{id}', { params: { id } })).body;
  await expect.poll(async () => (await read()).status, { timeout: 30_000 }).toBe('done');
  const newest = (await ana.api('GET /clients', { query: { sort: '-createdAt', limit: 1 } })).body.items[0];
  await ana.api('POST /waiting-list', { body: { clientId: newest?.id ?? '' } });
  await ana.api('POST /imports/{id}/undo', { params: { id } });
  await expect.poll(async () => (await read()).status, { timeout: 30_000 }).toBe('undone');
  const { body } = await ana.api('GET /clients/{id}', { params: { id: newest?.id ?? '' } });
  expect(body.archivedAt).toBeNull();
});

it('the series of somebody who leaves go on with who takes over', async () => {
  const { ana } = agenda;
  const { clientId } = await furnish();
  const invited = (
    await ana.api('POST /professionals', {
      body: { email: `${randomUUID()}@sai.test`, firstName: 'Sai', role: 'professional' },
    })
  ).body;
  const body = {
    ...{ clientId, professionalId: invited.id, visitType: 'retorno', localStart: '2031-09-09T10:00' },
    rule: { every: 1, unit: 'week' as const, count: 2 },
  };
  const made = (await ana.api('POST /series', { body })).body as Series;
  await ana.api('POST /professionals/{id}/deactivate', {
    params: { id: invited.id },
    body: { reason: 'saiu', transferTo: ana.professionalId },
    headers: { 'if-match': '*' },
  });
  const after = (await ana.api('GET /series/{id}', { params: { id: made.id } })).body;
  expect([after.professionalId, ...after.appointments.map(({ professionalId }) => professionalId)]).toEqual(
    Array.from({ length: 3 }, () => ana.professionalId),
  );
});
