import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAppointment, type Planned } from '../../../../tests/support/planned-appointments.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { signInTwoClinics, type TwoClinics } from '../../../../tests/support/two-clinics.ts';
import type { SessionPackage } from '../../../shared/contracts/agenda/session-packages.ts';
import { qb } from '../../db/query-builder.ts';
import { reserveSessions } from './api.ts';

let server: TestServer;
let people: TwoClinics;

beforeAll(async () => {
  server = await startTestServer();
  people = await signInTwoClinics(server);
});
afterAll(() => server.stop());

const register = async (who: SignedIn) => (await who.api('POST /clients', { body: { firstName: 'Cliente' } })).body.id;

async function agree(who: SignedIn, rules: Partial<SessionPackage> = {}) {
  const body = { clientId: rules.clientId ?? (await register(who)), total: 10, ...rules };
  return (await who.api('POST /session-packages', { body })).body;
}

const find = async (id: string): Promise<SessionPackage | undefined> =>
  (await people.ana.api('GET /session-packages', { query: { limit: 200 } })).body.items.find((item) => item.id === id);

const day = 24 * 60;

describe('a package of sessions', () => {
  it('counts what is done, what is to come, and late cancellations and absences where that was agreed', async () => {
    const { ana } = people;
    const clientId = await register(ana);
    const strict = await agree(ana, { clientId, countsLateCancel: true, countsNoShow: true, lateHours: 24 });
    const mild = await agree(ana, { clientId });
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
    for (const { id: package_id } of [strict, mild]) {
      const base = { client_id: clientId, package_id, overlap_reason: 'teste' };
      const insert = (values: Omit<Planned, 'client_id'>) => insertAppointment(server, ana, { ...base, ...values });
      await insert({ inMinutes: -9 * day, status: 'done' });
      await insert({ inMinutes: -8 * day, status: 'done' });
      await insert({ inMinutes: -7 * day, status: 'noShow' });
      await insert({ inMinutes: -6 * day, status: 'canceled', freed_at: hours(-6 * 24 - 2) });
      await insert({ inMinutes: -5 * day, status: 'canceled', freed_at: hours(-6 * 24 - 2) });
      await insert({
        inMinutes: -4 * day,
        status: 'canceled',
        cancel_asked_by: 'clinic',
        freed_at: hours(-4 * 24 - 1),
      });
      await insert({ inMinutes: -3 * day, status: 'done', deleted_at: new Date() });
      await insert({ inMinutes: 3 * day });
      await insert({ inMinutes: 4 * day, status: 'confirmed' });
    }
    expect(await find(strict.id)).toMatchObject({ total: 10, used: 4, booked: 2 });
    expect(await find(mild.id)).toMatchObject({ total: 10, used: 2, booked: 2 });
    const places = async (id: string) =>
      (
        await server.db.system((tx) =>
          tx.run<{ place: string | null }>(
            sql<{ place: string | null }>`select concat(nullif(s ->> 'number', ''), '/' || (s ->> 'total')) as place
              from appointments a, app.session_of(
                a.clinic_id, a.package_id, a.id, a.start_at, a.status, a.cancel_asked_by, a.freed_at
              ) as s where a.package_id = ${id} and a.deleted_at is null order by a.start_at`.compile(qb),
          ),
        )
      ).map(({ place }) => place);
    expect(await places(strict.id)).toEqual(['1/10', '2/10', '3/10', '4/10', '', '', '5/10', '6/10']);
    expect(await places(mild.id)).toEqual(['1/10', '2/10', '', '', '', '', '3/10', '4/10']);
  });

  it('is changed and closed, and notices a change in between', async () => {
    const { ana } = people;
    const { id } = await agree(ana, { name: 'Pacote de verão' });
    const patch = (ifMatch: string, body: object) =>
      ana.api('PATCH /session-packages/{id}', { params: { id }, body, headers: { 'if-match': ifMatch } });
    expect((await patch('"1"', { total: 12, closed: true })).body).toMatchObject({
      version: 2,
      name: 'Pacote de verão',
      total: 12,
      closed: true,
      countsNoShow: false,
    });
    await expect(patch('"1"', { total: 1 })).rejects.toMatchObject({ status: 412 });
    await expect(patch('*', { total: 0 })).rejects.toMatchObject({ status: 422 });
    const ids = async (closed: string) =>
      (await ana.api('GET /session-packages', { query: { closed, limit: 200 } })).body.items.map((item) => item.id);
    expect([await ids('true'), (await ids('false')).includes(id)]).toEqual([[id], false]);
    const reopened = (await patch('*', { closed: false })).body;
    expect(reopened).toMatchObject({ closed: false, clientName: 'Cliente' });
    expect(await ids('true')).toEqual([]);
  });

  it('lends no more sessions than it has, to its own client only', async () => {
    const { ana } = people;
    const made = await agree(ana, { total: 3 });
    const clinicId = (await ana.api('GET /me')).body.clinic.id;
    const reserve = (sessions: number, clientId = made.clientId) =>
      server.db.system((tx) => reserveSessions(tx, { clinicId, packageId: made.id, clientId, sessions }));
    await reserve(3);
    await expect(reserve(4)).rejects.toMatchObject({ code: 'package_used_up' });
    await expect(reserve(1, await register(ana))).rejects.toMatchObject({ code: 'not_found' });
    await insertAppointment(server, ana, { inMinutes: 9 * day, client_id: made.clientId, package_id: made.id });
    await expect(reserve(3)).rejects.toMatchObject({ code: 'package_used_up' });
    await reserve(2);
  });

  it('shows a professional those of their own clients, and another clinic none', async () => {
    const { ana, bruno, carla, vera } = people;
    const own = await agree(bruno);
    const anas = await agree(ana);
    const ids = async (who: SignedIn) =>
      (await who.api('GET /session-packages', { query: { limit: 200 } })).body.items.map(({ id }) => id);
    expect(await ids(bruno)).toEqual([own.id]);
    expect((await ids(carla)).slice(0, 2)).toEqual([anas.id, own.id]);
    expect(await ids(vera)).toEqual([]);
    for (const who of [bruno, vera]) {
      const body = { clientId: anas.clientId, total: 5 };
      await expect(who.api('POST /session-packages', { body })).rejects.toMatchObject({ status: 404 });
      const about = { params: { id: anas.id }, body: { total: 5 }, headers: { 'if-match': '*' } };
      await expect(who.api('PATCH /session-packages/{id}', about)).rejects.toMatchObject({ status: 404 });
    }
    const page = (await carla.api('GET /session-packages', { query: { limit: 1 } })).body;
    const next = (await carla.api('GET /session-packages', { query: { limit: 1, cursor: page.nextCursor ?? '' } }))
      .body;
    expect([page.items[0]?.id, next.items[0]?.id]).toEqual([anas.id, own.id]);
  });
});

it('an appointment is booked for a package, says which of how many it is, and is refused once the package is used up', async () => {
  const { ana } = people;
  const { id: packageId, clientId } = await agree(ana, { total: 2 });
  const book = (localStart: string, values: object = {}) =>
    ana.api('POST /appointments', {
      body: { clientId, professionalId: ana.professionalId, localStart, packageId, ...values },
    });
  const later = (await book('2031-05-12T10:00')).body;
  expect(later.session).toEqual({ packageId, number: 1, total: 2 });
  const earlier = (await book('2031-05-05T10:00')).body;
  expect(earlier.session).toEqual({ packageId, number: 1, total: 2 });
  const read = async (id: string) => (await ana.api('GET /appointments/{id}', { params: { id } })).body.session;
  expect(await read(later.id)).toEqual({ packageId, number: 2, total: 2 });
  await expect(book('2031-05-19T10:00')).rejects.toMatchObject({ problem: { code: 'package_used_up' } });
  await expect(book('2031-05-19T10:00', { clientId: await register(ana) })).rejects.toMatchObject({ status: 404 });
  await ana.api('POST /appointments/{id}/transitions', { params: { id: earlier.id }, body: { to: 'canceled' } });
  expect(await read(earlier.id)).toBeNull();
  expect(await read(later.id)).toEqual({ packageId, number: 1, total: 2 });
  const raced = await Promise.allSettled(
    ['2031-06-02T10:00', '2031-06-09T10:00', '2031-06-16T10:00'].map((start) => book(start)),
  );
  expect(raced.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

it('a makeup is linked to the absence that owes it', async () => {
  const { ana } = people;
  const clientId = await register(ana);
  const base = { clientId, professionalId: ana.professionalId };
  const { id } = (await ana.api('POST /appointments', { body: { ...base, localStart: '2031-07-07T10:00' } })).body;
  const transition = { to: 'canceled' as const, askedBy: 'client' as const, owesMakeup: true };
  await ana.api('POST /appointments/{id}/transitions', { params: { id }, body: transition });
  const owes = async () => (await ana.api('GET /appointments/{id}', { params: { id } })).body.owesMakeup;
  expect(await owes()).toBe(true);
  const makeup = { ...base, localStart: '2031-07-08T10:00', makeupOf: id };
  const booked = (await ana.api('POST /appointments', { body: makeup })).body;
  expect(booked.makeupOf).toBe(id);
  expect(await owes()).toBe(false);
  await ana.api('POST /appointments/{id}/transitions', { params: { id: booked.id }, body: { to: 'canceled' } });
  expect(await owes()).toBe(true);
});
