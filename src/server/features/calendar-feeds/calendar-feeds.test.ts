import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookVisit } from '../../../../tests/support/agenda.ts';
import { insertAppointment } from '../../../../tests/support/planned-appointments.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { signInTwoClinics, type TwoClinics } from '../../../../tests/support/two-clinics.ts';
import { toLocalDate } from '../../../shared/zoned-time.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';

let server: TestServer;
let people: TwoClinics;
let clientId: string;

beforeAll(async () => {
  server = await startTestServer({ PUBLIC_URL: 'https://clinica.example' });
  people = await signInTwoClinics(server);
  const body = { firstName: 'Maria', lastName: 'de Souza' };
  clientId = (await people.ana.api('POST /clients', { body })).body.id;
});
afterAll(() => server.stop());

const day = 24 * 60;

/** Where the server under test serves an address that it gave. */
const local = (url: string): string => url.replace('https://clinica.example', server.address);

const read = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(local(url), { method, headers });

const makeFeed = async (body: { content?: 'initials' | 'names'; name?: string } = {}) =>
  (await people.ana.api('POST /calendar-feeds', { body })).body;

const parse = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent').map((component) => ({
    uid: String(component.getFirstPropertyValue('uid')),
    sequence: component.getFirstPropertyValue('sequence'),
    status: component.getFirstPropertyValue('status'),
    summary: component.getFirstPropertyValue('summary'),
    start: String(component.getFirstPropertyValue('dtstart')),
  }));

const change = (id: string, statement: ReturnType<typeof sql>) =>
  server.db.system((tx) => tx.run(sql`update appointments set ${statement} where id = ${id}`));

describe('a calendar address', () => {
  it('shows one’s own appointments to whoever has it, by initials', async () => {
    const id = await insertAppointment(server, people.ana, { inMinutes: 60, client_id: clientId });
    await insertAppointment(server, people.bruno, { inMinutes: 60, client_id: clientId });
    const { url, ...feed } = await makeFeed({ name: 'Meu telefone' });
    expect(url).toMatch(/^https:\/\/clinica\.example\/calendar\/[\w-]{32}\.ics$/);
    expect(feed).toMatchObject({ name: 'Meu telefone', content: 'initials', lastReadAt: null });
    const response = await read(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(response.headers.get('x-robots-tag')).toBe('noindex, nofollow');
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
    const text = await response.text();
    expect(text).not.toMatch(/Maria|Souza/);
    const events = parse(text);
    expect(events).toEqual([
      {
        uid: `${id}@acolhe`,
        sequence: 0,
        status: 'CONFIRMED',
        summary: 'M. S.',
        start: expect.stringMatching(/Z$/) as string,
      },
    ]);
    const { items } = (await people.ana.api('GET /calendar-feeds')).body;
    expect(items.find((item) => item.id === feed.id)?.lastReadAt).toEqual(expect.any(String));
    expect(JSON.stringify(items)).not.toContain(url.slice(-36, -4));
  });

  it('agrees in two zones: 14:30 in Manaus is 14:30 there, and 15:30 on a calendar in São Paulo', async () => {
    const { vera } = people;
    const settings = { headers: { 'if-match': '*' }, body: { timeZone: 'America/Manaus' } };
    await vera.api('PATCH /clinic', settings);
    const body = { firstName: 'Raimundo', lastName: 'Nonato' };
    const { id } = (await vera.api('POST /clients', { body })).body;
    const base = { clientId: id, professionalId: vera.professionalId };
    const tomorrow = toLocalDate(new Date(Date.now() + 86_400_000), 'America/Manaus');
    const booked = await bookVisit(vera, { ...base, localStart: `${tomorrow}T14:30` });
    const { url } = (await vera.api('POST /calendar-feeds', { body: {} })).body;
    const [event] = new ICAL.Component(ICAL.parse(await (await read(url)).text()) as unknown[])
      .getAllSubcomponents('vevent')
      .map((component) => new ICAL.Event(component));
    const start = event?.startDate.toJSDate() ?? new Date(0);
    const wall = (timeZone: string): string => start.toLocaleTimeString('pt-BR', { timeZone, timeStyle: 'short' });
    expect([start.toISOString(), event?.startDate.zone.tzid]).toEqual([booked.startAt, 'UTC']);
    expect([booked.localStart, wall('America/Manaus'), wall('America/Sao_Paulo')]).toEqual([
      `${tomorrow}T14:30`,
      '14:30',
      '15:30',
    ]);
  });

  it('shows names where that was asked for', async () => {
    const { url } = await makeFeed({ content: 'names' });
    expect(parse(await (await read(url)).text())[0]?.summary).toBe('Maria de Souza');
  });

  it('keeps the UID of a moved appointment and counts its SEQUENCE up; shows a cancellation for 30 days', async () => {
    const id = await insertAppointment(server, people.ana, { inMinutes: 3 * day, client_id: clientId });
    const { url } = await makeFeed();
    const find = async () => parse(await (await read(url)).text()).find(({ uid }) => uid === `${id}@acolhe`);
    const before = await find();
    await change(
      id,
      sql`start_at = start_at + interval '1 hour', end_at = end_at + interval '1 hour', version = version + 1`,
    );
    const moved = await find();
    expect(moved?.sequence).toBe(1);
    expect(moved?.start).not.toBe(before?.start);
    await change(id, sql`status = 'canceled', version = version + 1`);
    expect(await find()).toMatchObject({ sequence: 2, status: 'CANCELLED' });
    await change(id, sql`freed_at = now() - interval '31 days'`);
    expect(await find()).toBeUndefined();
  });

  it('shows 90 days back and 400 ahead, and nothing that was taken back', async () => {
    const { url } = await makeFeed();
    const seen = async () => (await (await read(url)).text()).split('BEGIN:VEVENT').length - 1;
    const before = await seen();
    for (const inMinutes of [-91 * day, 401 * day])
      await insertAppointment(server, people.ana, { inMinutes, client_id: clientId });
    await insertAppointment(server, people.ana, { inMinutes: 5 * day, client_id: clientId, deleted_at: new Date() });
    expect(await seen()).toBe(before);
    for (const inMinutes of [-89 * day, 399 * day])
      await insertAppointment(server, people.ana, { inMinutes, client_id: clientId });
    expect(await seen()).toBe(before + 2);
  });

  it('answers 304 as long as nothing changed, and HEAD without a body', async () => {
    const { url } = await makeFeed();
    const etag = (await read(url)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    const again = await read(url, { 'if-none-match': `"other", W/${etag}` });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const head = await read(url, {}, 'HEAD');
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, '']);
    await insertAppointment(server, people.ana, { inMinutes: 7 * day, client_id: clientId });
    expect((await read(url, { 'if-none-match': etag })).status).toBe(200);
  });

  it('is kept as a keyed hash, dies at once when it is revoked, and is nobody else’s to revoke', async () => {
    const { id, url } = await makeFeed();
    const dump = await server.db.system((tx) => tx.run(sql`select f::text as row from calendar_feeds f`));
    expect(JSON.stringify(dump)).not.toContain(/([\w-]{32})\.ics$/.exec(url)?.[1]);
    for (const who of [people.bruno, people.carla, people.vera])
      await expect(who.api('DELETE /calendar-feeds/{id}', { params: { id } })).rejects.toMatchObject({ status: 404 });
    expect((await people.bruno.api('GET /calendar-feeds')).body.items).toEqual([]);
    expect((await read(url)).status).toBe(200);
    await people.ana.api('DELETE /calendar-feeds/{id}', { params: { id } });
    expect((await read(url)).status).toBe(404);
  });

  it('dies with its owner’s access', async () => {
    const { url } = (await people.bruno.api('POST /calendar-feeds', { body: {} })).body;
    expect((await read(url)).status).toBe(200);
    await server.db.system((tx) =>
      tx.run(
        qb
          .updateTable('professionals')
          .set({ deactivated_at: new Date() })
          .where('id', '=', people.bruno.professionalId),
      ),
    );
    expect((await read(url)).status).toBe(404);
  });

  it('is one of at most ten', async () => {
    const { carla } = people;
    const made = await Promise.allSettled(
      Array.from({ length: 14 }, () => carla.api('POST /calendar-feeds', { body: {} })),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    await expect(carla.api('POST /calendar-feeds', { body: {} })).rejects.toMatchObject({ status: 429 });
  });

  it('cannot be guessed at leisure: other addresses are 404, then 429', async () => {
    const guess = (file: string) => read(`https://clinica.example/calendar/${file}`);
    for (const file of ['x.ics', `${'A'.repeat(32)}.ics`, 'A'.repeat(32)]) expect((await guess(file)).status).toBe(404);
    const statuses: number[] = [];
    for (let index = 0; index < 40; index += 1) statuses.push((await guess(`${'B'.repeat(32)}.ics`)).status);
    expect(new Set(statuses)).toEqual(new Set([404, 429]));
    const refused = await guess(`${'B'.repeat(32)}.ics`);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    // Somebody who has an address still gets their calendar.
    expect((await read((await makeFeed()).url)).status).toBe(200);
  });
});
