import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAppointment } from '../../../../tests/support/planned-appointments.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { signInTwoClinics, type TwoClinics } from '../../../../tests/support/two-clinics.ts';
import { qb } from '../../db/query-builder.ts';
import type { WishInput } from '../../../shared/contracts/agenda/waiting-list.ts';

let server: TestServer;
let people: TwoClinics;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

let names = 0;
const register = async (who: SignedIn, values: { firstName?: string; phone?: string; professionalId?: string } = {}) =>
  (await who.api('POST /clients', { body: { firstName: `Cliente${String(names++)}`, ...values } })).body.id;

/** Notes a wish of a new client. @returns its id and the client's */
async function wait(who: SignedIn, wish: Partial<WishInput> & { firstName?: string; phone?: string } = {}) {
  const { firstName, phone, ...rest } = wish;
  const names = { ...(firstName === undefined ? {} : { firstName }), ...(phone === undefined ? {} : { phone }) };
  const clientId = wish.clientId ?? (await register(who, names));
  const { body } = await who.api('POST /waiting-list', { body: { weekdays: [], periods: [], ...rest, clientId } });
  return { id: body.id, clientId };
}

const list = async (who: SignedIn, query: object = {}) => (await who.api('GET /waiting-list', { query })).body;

describe('the waiting list', () => {
  beforeAll(async () => {
    people = await signInTwoClinics(server);
  });

  it('keeps who waits for what, the longest first, page by page', async () => {
    const { ana } = people;
    const made = [];
    for (let index = 0; index < 5; index += 1)
      made.push(
        (await wait(ana, { weekdays: [3, 1, 3], periods: ['morning'], visitType: 'retorno', note: 'cedo' })).id,
      );
    const first = await list(ana, { limit: 2 });
    expect(first.total).toEqual({ value: 5, relation: 'eq' });
    const second = await list(ana, { limit: 2, cursor: first.nextCursor ?? '' });
    const third = await list(ana, { limit: 2, cursor: second.nextCursor ?? '' });
    expect([...first.items, ...second.items, ...third.items].map(({ id }) => id)).toEqual(made);
    expect(third.nextCursor).toBeNull();
    expect(first.items[0]).toMatchObject({
      version: 1,
      professionalId: null,
      weekdays: [1, 3],
      periods: ['morning'],
      visitType: 'retorno',
      note: 'cedo',
    });
  });

  it('changes and removes a wish, and notices a change in between', async () => {
    const { ana, bruno } = people;
    const { id } = await wait(ana, { weekdays: [1] });
    const patch = (ifMatch: string, body: object) =>
      ana.api('PATCH /waiting-list/{id}', { params: { id }, body, headers: { 'if-match': ifMatch } });
    const { body, headers } = await patch('"1"', { professionalId: bruno.professionalId, note: 'de manhã' });
    expect(body).toMatchObject({ version: 2, weekdays: [1], professionalId: bruno.professionalId, note: 'de manhã' });
    expect(headers.get('etag')).toBe('"2"');
    await expect(patch('"1"', { note: null })).rejects.toMatchObject({ status: 412 });
    await expect(patch('*', { visitType: 'massagem' })).rejects.toMatchObject({ status: 422 });
    await expect(patch('*', { professionalId: crypto.randomUUID() })).rejects.toMatchObject({ status: 422 });
    await ana.api('DELETE /waiting-list/{id}', { params: { id } });
    await expect(ana.api('DELETE /waiting-list/{id}', { params: { id } })).rejects.toMatchObject({ status: 404 });
  });

  it('notes a wish once, however often it is sent with one key', async () => {
    const { ana } = people;
    const body = { clientId: await register(ana), weekdays: [], periods: [] };
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => ana.api('POST /waiting-list', { body, headers })),
    );
    expect(new Set(answers.map(({ body: { id } }) => id)).size).toBe(1);
  });

  it('shows a professional their own clients’ wishes, and another clinic nothing', async () => {
    const { ana, bruno, carla, vera } = people;
    const own = await wait(bruno);
    const anas = await wait(ana);
    const ids = async (who: SignedIn) => (await list(who, { limit: 200 })).items.map(({ id }) => id);
    expect(await ids(bruno)).toEqual([own.id]);
    expect(await ids(carla)).toEqual(expect.arrayContaining([own.id, anas.id]));
    expect(await ids(vera)).toEqual([]);
    for (const who of [bruno, vera]) {
      const body = { clientId: anas.clientId, weekdays: [], periods: [] };
      await expect(who.api('POST /waiting-list', { body })).rejects.toMatchObject({ status: 404 });
      const about = { params: { id: anas.id }, headers: { 'if-match': '*' } };
      await expect(who.api('PATCH /waiting-list/{id}', { ...about, body: {} })).rejects.toMatchObject({ status: 404 });
      await expect(who.api('DELETE /waiting-list/{id}', about)).rejects.toMatchObject({ status: 404 });
    }
  });
});

describe('a time that became free', () => {
  beforeAll(async () => {
    people = await signInTwoClinics(server);
  });

  /** A canceled appointment of Ana's on a Wednesday at 14:30 by the wall clock, 50 minutes long. */
  async function cancel(values: object = {}) {
    const start = nextWednesday();
    return insertAppointment(server, people.ana, {
      inMinutes: 0,
      client_id: await register(people.ana),
      status: 'canceled',
      start_at: start,
      end_at: new Date(start.getTime() + 50 * 60_000),
      local_start: `${start.toISOString().slice(0, 10)}T14:30`,
      ...values,
    });
  }

  let weeks = 2;
  /** Another one each time, so that tests do not take each other's times. */
  function nextWednesday(): Date {
    const start = new Date();
    start.setUTCDate(start.getUTCDate() + ((10 - start.getUTCDay()) % 7) + 7 * (weeks += 1));
    start.setUTCHours(17, 30, 0, 0);
    return start;
  }

  const matches = async (appointmentId: string, who = people.ana) =>
    (await who.api('GET /waiting-list/matches', { query: { appointmentId } })).body.items;

  it('is offered to the three who fit and wait longest, each with a message', async () => {
    const { ana, bruno } = people;
    const wrong = [
      await wait(ana, { weekdays: [1, 2, 4, 5, 6, 7] }),
      await wait(ana, { periods: ['morning', 'evening'] }),
      await wait(ana, { professionalId: bruno.professionalId }),
      await wait(ana, { visitType: 'procedimento' }),
    ];
    const right = [
      await wait(ana, { firstName: 'Maria', phone: '(11) 98765-4321', weekdays: [3], periods: ['afternoon'] }),
      await wait(ana, { professionalId: ana.professionalId, visitType: 'retorno' }),
      await wait(ana),
      await wait(ana),
    ];
    const id = await cancel();
    const found = await matches(id);
    expect(found.map((match) => match.id)).toEqual(right.slice(0, 3).map((wish) => wish.id));
    expect(found.map((match) => match.id)).not.toEqual(expect.arrayContaining(wrong.map((wish) => wish.id)));
    const [first] = found;
    expect(first?.message).toMatch(
      /^Olá, Maria\. Aqui é da sua clínica\. Abriu um horário: quarta-feira, \d+º? de [a-zç]+(?: de \d{4})?, às 14:30\. Quer ficar com ele\?/,
    );
    expect(first?.whatsappUrl).toBe(`https://wa.me/5511987654321?text=${encodeURIComponent(first?.message ?? '')}`);
    expect(found[1]?.whatsappUrl).toBeNull();
    for (const wish of [...wrong, ...right]) await ana.api('DELETE /waiting-list/{id}', { params: { id: wish.id } });
  });

  it('is offered to nobody once it is taken, in the past, or not canceled; nor to who is busy then, or canceled it', async () => {
    people = await signInTwoClinics(server);
    const { ana } = people;
    const waiting = await wait(ana);
    const free = await cancel();
    expect(await matches(free)).toHaveLength(1);
    expect(await matches(await cancel({ status: 'scheduled', overlap_reason: 'x' }))).toEqual([]);
    expect(await matches(await cancel({ client_id: waiting.clientId }))).toEqual([]);
    const past = new Date(Date.now() - 3_600_000);
    expect(await matches(await cancel({ start_at: past, end_at: new Date() }))).toEqual([]);
    const start = nextWednesday();
    const end = new Date(start.getTime() + 50 * 60_000);
    const taken = await cancel({ start_at: start, end_at: end });
    await insertAppointment(server, ana, {
      inMinutes: 0,
      client_id: await register(ana),
      start_at: start,
      end_at: end,
    });
    expect(await matches(taken)).toEqual([]);
    const another = nextWednesday();
    const until = new Date(another.getTime() + 50 * 60_000);
    const busy = await cancel({ start_at: another, end_at: until });
    const elsewhere = { inMinutes: 0, client_id: waiting.clientId, start_at: another, end_at: until };
    await insertAppointment(server, people.bruno, elsewhere);
    expect(await matches(busy)).toEqual([]);
    await server.db.system((tx) =>
      tx.run(qb.updateTable('clients').set({ archived_at: new Date() }).where('id', '=', waiting.clientId)),
    );
    expect(await matches(free)).toEqual([]);
  });

  it('is not told to a colleague without that agenda, nor to another clinic', async () => {
    const id = await cancel();
    for (const who of [people.bruno, people.vera])
      await expect(matches(id, who)).rejects.toMatchObject({ status: 404 });
    await expect(matches(crypto.randomUUID())).rejects.toMatchObject({ status: 404 });
    expect(await matches(id, people.carla)).toEqual(await matches(id));
  });
});
