import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agenda, answerTo, openAgenda, registerClient } from '../../../../tests/support/agenda.ts';
import { insertAppointment } from '../../../../tests/support/planned-appointments.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';

let server: TestServer;
let agenda: Agenda;
beforeAll(async () => {
  server = await startTestServer();
  agenda = await openAgenda(server);
});
afterAll(() => server.stop());

const visitsOf = async (who: SignedIn, ...clientId: string[]) =>
  (await who.api('GET /visits', { query: { clientId } })).body.items;
const day = 24 * 60;
const book = (by: SignedIn, client_id: string, inMinutes: number, values: object = {}) =>
  insertAppointment(server, by, { client_id, inMinutes, overlap_reason: 'teste', ...values });
const hoursFromNow = (instant: string | null | undefined) =>
  instant == null ? null : Math.round((Date.parse(instant) - Date.now()) / 60_000 / 60);

it('a client came last when the latest appointment began that took place, and comes next at the first to come', async () => {
  const { ana } = agenda;
  const id = await registerClient(ana, ana.professionalId);
  await book(ana, id, -9 * day, { status: 'done' });
  await book(ana, id, -5 * day);
  await book(ana, id, -4 * day, { status: 'noShow' });
  await book(ana, id, -3 * day, { status: 'canceled' });
  await book(ana, id, -2 * day, { deleted_at: new Date() });
  await book(ana, id, 2 * day, { status: 'canceled' });
  await book(ana, id, 3 * day, { status: 'confirmed' });
  await book(ana, id, 9 * day);
  const nobody = await registerClient(ana, ana.professionalId);
  const [visits, ...others] = await visitsOf(ana, id, nobody, id);
  expect(others).toEqual([]);
  expect(visits?.clientId).toBe(id);
  expect([hoursFromNow(visits?.lastAt), hoursFromNow(visits?.nextAt)]).toEqual([-5 * 24, 3 * 24]);
});

it('professionals are told of their own appointments only, and another clinic of none', async () => {
  const { ana, bruno, carla, vera, brunosClient } = agenda;
  await book(ana, brunosClient, -2 * day);
  await book(bruno, brunosClient, -6 * day);
  await book(ana, brunosClient, 4 * day);
  const seen = async (who: SignedIn) =>
    (await visitsOf(who, brunosClient)).map(({ lastAt, nextAt }) => [hoursFromNow(lastAt), hoursFromNow(nextAt)]);
  expect(await seen(carla)).toEqual([[-2 * 24, 4 * 24]]);
  expect(await seen(bruno)).toEqual([[-6 * 24, null]]);
  expect(await seen(vera)).toEqual([]);
});

it('a request names between one and a hundred clients', async () => {
  const { carla } = agenda;
  expect(await answerTo(carla.api('GET /visits', { query: {} as never }))).toBe('422 invalid_request');
  expect(await answerTo(visitsStatus(carla, 100))).toBe('200');
  expect(await answerTo(visitsStatus(carla, 101))).toBe('422 invalid_request');
});
const visitsStatus = (who: SignedIn, count: number) =>
  who.api('GET /visits', { query: { clientId: Array.from({ length: count }, () => crypto.randomUUID()) } });
