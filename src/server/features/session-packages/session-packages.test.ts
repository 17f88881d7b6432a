import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookVisit } from '../../../../tests/support/agenda.ts';
import { insertAppointment, type Planned } from '../../../../tests/support/planned-appointments.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { signInTwoClinics, type TwoClinics } from '../../../../tests/support/two-clinics.ts';
import type { AppointmentPatch, Transition } from '../../../shared/contracts/agenda/appointments.ts';
import type { SessionPackage } from '../../../shared/contracts/agenda/session-packages.ts';
import { sql } from '../../db/sql.ts';
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
              ) as s where a.package_id = ${id} and a.deleted_at is null order by a.start_at`,
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
    bookVisit(ana, { clientId, professionalId: ana.professionalId, localStart, packageId, ...values });
  const later = await book('2031-05-12T10:00');
  expect(later.session).toEqual({ packageId, number: 1, total: 2 });
  const earlier = await book('2031-05-05T10:00');
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
  const { id } = await bookVisit(ana, { ...base, localStart: '2031-07-07T10:00' });
  const transition = { to: 'canceled' as const, askedBy: 'client' as const, owesMakeup: true };
  await ana.api('POST /appointments/{id}/transitions', { params: { id }, body: transition });
  const owes = async () => (await ana.api('GET /appointments/{id}', { params: { id } })).body.owesMakeup;
  expect(await owes()).toBe(true);
  const makeup = { ...base, localStart: '2031-07-08T10:00', makeupOf: id };
  const booked = await bookVisit(ana, makeup);
  expect(booked.makeupOf).toBe(id);
  expect(await owes()).toBe(false);
  await ana.api('POST /appointments/{id}/transitions', { params: { id: booked.id }, body: { to: 'canceled' } });
  expect(await owes()).toBe(true);
});

describe('an appointment that exists', () => {
  const change = async (who: SignedIn, id: string, body: AppointmentPatch) =>
    (await who.api('PATCH /appointments/{id}', { params: { id }, body, headers: { 'if-match': '*' } })).body;
  const turn = async (who: SignedIn, id: string, body: Transition) =>
    (await who.api('POST /appointments/{id}/transitions', { params: { id }, body })).body;
  const counts = async (id: string) => {
    const { used, booked } = (await find(id)) ?? {};
    return { used, booked };
  };
  const at = (hour: number): string => `2031-08-0${String(hour)}T10:00`;

  it('is put into a package and taken out of it, also after it was done, canceled or missed', async () => {
    const { ana } = people;
    const { id: packageId, clientId } = await agree(ana, { total: 2, countsNoShow: true });
    const base = { clientId, professionalId: ana.professionalId };
    const first = await bookVisit(ana, { ...base, localStart: at(1) });
    expect([first.packageId, first.session]).toEqual([null, null]);
    const inside = await change(ana, first.id, { packageId });
    expect([inside.packageId, inside.session]).toEqual([packageId, { packageId, number: 1, total: 2 }]);
    expect(await counts(packageId)).toEqual({ used: 0, booked: 1 });
    await turn(ana, first.id, { to: 'done' });
    expect(await counts(packageId)).toEqual({ used: 1, booked: 0 });
    expect((await change(ana, first.id, { packageId: null })).session).toBeNull();
    expect(await counts(packageId)).toEqual({ used: 0, booked: 0 });
    await change(ana, first.id, { packageId });
    const second = await bookVisit(ana, { ...base, localStart: at(2), packageId });
    const third = await bookVisit(ana, { ...base, localStart: at(3) });
    const refused = change(ana, third.id, { packageId });
    await expect(refused).rejects.toMatchObject({ problem: { code: 'package_used_up' } });
    // A canceled one takes no place, so it may be in a package that is used up; a missed one would take one.
    await turn(ana, third.id, { to: 'canceled' });
    const canceled = await change(ana, third.id, { packageId });
    expect([canceled.packageId, canceled.session]).toEqual([packageId, null]);
    await turn(ana, second.id, { to: 'noShow' });
    expect(await counts(packageId)).toEqual({ used: 2, booked: 0 });
    const fourth = await bookVisit(ana, { ...base, localStart: at(4) });
    await turn(ana, fourth.id, { to: 'noShow' });
    const missed = change(ana, fourth.id, { packageId });
    await expect(missed).rejects.toMatchObject({ problem: { code: 'package_used_up' } });
    const { history } = (await ana.api('GET /appointments/{id}', { params: { id: first.id } })).body;
    expect(history.flatMap(({ changes }) => changes.filter(({ field }) => field === 'packageId'))).toEqual([
      { field: 'packageId', from: null, to: packageId },
      { field: 'packageId', from: packageId, to: null },
      { field: 'packageId', from: null, to: packageId },
    ]);
  });

  it('gets its place back when its cancellation is taken back, unless somebody else has the last one by then', async () => {
    const { ana } = people;
    const { id: packageId, clientId } = await agree(ana, { total: 1 });
    const base = { clientId, professionalId: ana.professionalId, packageId };
    const { id } = await bookVisit(ana, { ...base, localStart: at(5) });
    await turn(ana, id, { to: 'canceled' });
    expect((await turn(ana, id, { to: 'scheduled' })).session).toEqual({ packageId, number: 1, total: 1 });
    await turn(ana, id, { to: 'canceled' });
    const other = await bookVisit(ana, { ...base, localStart: at(6) });
    await expect(turn(ana, id, { to: 'scheduled' })).rejects.toMatchObject({ problem: { code: 'package_used_up' } });
    // Outside of the package it may come back.
    await change(ana, id, { packageId: null });
    expect((await turn(ana, id, { to: 'scheduled' })).session).toBeNull();
    // A closed package gives a place back as well: what was booked for it goes on.
    await turn(ana, other.id, { to: 'canceled' });
    await ana.api('PATCH /session-packages/{id}', {
      ...{ params: { id: packageId }, body: { closed: true }, headers: { 'if-match': '*' } },
    });
    expect((await turn(ana, other.id, { to: 'scheduled' })).session).toEqual({ packageId, number: 1, total: 1 });
    const closed = change(ana, id, { packageId });
    await expect(closed).rejects.toMatchObject({ problem: { code: 'package_used_up' } });
  });

  it('gives the last place once when two want it at a time, and leaves the package when it goes to another client', async () => {
    const { ana } = people;
    const { id: packageId, clientId } = await agree(ana, { total: 1 });
    const base = { clientId, professionalId: ana.professionalId };
    const two = [
      await bookVisit(ana, { ...base, localStart: at(7) }),
      await bookVisit(ana, { ...base, localStart: at(8) }),
    ];
    const raced = await Promise.allSettled(two.map(({ id }) => change(ana, id, { packageId })));
    expect(raced.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await counts(packageId)).toEqual({ used: 0, booked: 1 });
    const [winner] = raced.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const elsewhere = await change(ana, winner?.id ?? '', { clientId: await register(ana) });
    expect([elsewhere.packageId, elsewhere.session]).toEqual([null, null]);
    expect(await counts(packageId)).toEqual({ used: 0, booked: 0 });
    const theirs = change(ana, winner?.id ?? '', { packageId });
    await expect(theirs).rejects.toMatchObject({ status: 404 });
  });
});
