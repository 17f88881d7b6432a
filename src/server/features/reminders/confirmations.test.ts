import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agenda, openAgenda, registerClient } from '../../../../tests/support/agenda.ts';
import { insertAppointment } from '../../../../tests/support/planned-appointments.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import { endMessagesOf } from './another-client.ts';
import { outlivedLinks } from './link-queries.ts';

let server: TestServer;
let agenda: Agenda;
let address = 0;

beforeAll(async () => {
  server = await startTestServer({ PUBLIC_URL: 'https://clinica.example', TRUSTED_PROXY_HOPS: '1' });
  agenda = await openAgenda(server);
});
afterAll(() => server.stop());

const makeLink = async (id: string, who = agenda.ana) =>
  (await who.api('POST /appointments/{id}/confirmation-link', { params: { id } })).body;

/** An appointment of a new client of Ana's, three days ahead unless said otherwise, with its link. */
async function invite(values: object = {}, inMinutes = 3 * 24 * 60 + (address += 1) * 60) {
  const clientId = await registerClient(agenda.ana, agenda.ana.professionalId, {
    firstName: 'Maria',
    lastName: 'Souza',
    phone: `(11) 9${String(80_000_000 + address)}`,
  });
  const id = await insertAppointment(server, agenda.ana, { inMinutes, client_id: clientId, ...values });
  const link = await makeLink(id);
  return { id, clientId, ...link, token: link.url.slice(-24) };
}

interface Sent extends Omit<RequestInit, 'headers'> {
  readonly headers?: Record<string, string>;
  readonly from?: string;
}

/** What a client's phone sends: no session, from an address of its own unless another is given. */
const ask = (token: string, init: Sent = {}) =>
  fetch(`${server.address}/api/v1/public/confirmations/${token}`, {
    ...init,
    headers: {
      'x-forwarded-for': init.from ?? `198.51.${String((address += 1) % 250)}.${String(Math.floor(address / 250))}`,
      ...init.headers,
    },
  });

const answer = (token: string, body: object, init: Sent = {}) =>
  ask(token, {
    ...init,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...init.headers },
    body: JSON.stringify(body),
  });

const read = async (id: string) => (await agenda.ana.api('GET /appointments/{id}', { params: { id } })).body;
const statusOf = async (response: Promise<Response>): Promise<number> => (await response).status;

/** The number of statements that wait for a lock. */
const countWaiting = async () =>
  (
    await server.db.system((tx) =>
      tx.run(sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`),
    )
  ).length;

describe('the link to confirm', () => {
  it('comes with a message for WhatsApp, short, and the same each time', async () => {
    const { id, url, message, whatsappUrl, expiresAt } = await invite();
    expect(url).toMatch(/^https:\/\/clinica\.example\/c\/[\w-]{24}$/);
    expect(message).toMatch(
      /^Olá, Maria\. Aqui é d.+\. Seu atendimento está marcado para [a-z-çá]+, \d+º? de [a-zç]+(?: de \d{4})?, às \d\d:\d\d\. Para confirmar, cancelar ou pedir outro horário: https:\S+$/,
    );
    expect(message).not.toContain('Souza');
    expect(whatsappUrl).toMatch(/^https:\/\/wa\.me\/55119\d{8}\?text=/);
    expect(decodeURIComponent(whatsappUrl?.split('text=')[1] ?? '')).toBe(message);
    expect(expiresAt).toBe((await read(id)).endAt);
    expect((await makeLink(id)).url).toBe(url);
    const other = await invite();
    await agenda.ana.api('PATCH /clients/{id}', {
      params: { id: other.clientId },
      body: { phone: null },
      headers: { 'if-match': '*' },
    });
    expect((await makeLink(other.id)).whatsappUrl).toBeNull();
  });

  it('shows a first name, a time and the clinic, and changes nothing, however often it is opened', async () => {
    const { id, token } = await invite();
    const before = await read(id);
    const response = await ask(token);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-robots-tag')).toBe('noindex, nofollow');
    expect(Object.keys((await response.json()) as object).sort()).toEqual([
      ...['answer', 'clinicName', 'clinicPhone', 'endAt', 'firstName', 'localStart', 'mayAnswer', 'moved'],
      ...['privacyPath', 'startAt', 'timeZone'],
    ]);
    expect(await (await ask(token)).json()).toMatchObject({
      firstName: 'Maria',
      startAt: before.startAt,
      localStart: before.localStart,
      answer: null,
      mayAnswer: true,
      privacyPath: null,
      moved: false,
    });
    for (const method of ['GET', 'HEAD', 'GET']) expect(await statusOf(ask(token, { method }))).toBe(200);
    expect((await read(id)).history).toEqual(before.history);
  });

  it('confirms by the button; cancel and another time are asked, and the clinic decides', async () => {
    const confirmed = await invite();
    expect(await (await answer(confirmed.token, { answer: 'confirm' })).json()).toMatchObject({ answer: 'confirm' });
    expect(await read(confirmed.id)).toMatchObject({ status: 'confirmed', clientAnswer: 'confirm' });
    for (const asked of ['cancel', 'reschedule'] as const) {
      const { id, token } = await invite();
      expect(await statusOf(answer(token, { answer: asked }))).toBe(200);
      const row = await read(id);
      expect(row).toMatchObject({ status: 'scheduled', clientAnswer: asked });
      expect(row.history.at(-1)).toMatchObject({ action: 'answer', by: null });
      // A second press changes nothing more.
      expect(await statusOf(answer(token, { answer: asked }))).toBe(200);
      expect((await read(id)).version).toBe(row.version);
      expect(await statusOf(answer(token, { answer: 'confirm' }))).toBe(200);
      expect(await read(id)).toMatchObject({ status: 'confirmed', clientAnswer: 'confirm' });
    }
  });

  it('is told to other screens', async () => {
    const { id, token } = await invite();
    const stream = new AbortController();
    const response = await fetch(`${server.address}/api/v1/events`, {
      signal: stream.signal,
      headers: { authorization: `Bearer ${agenda.carla.accessToken}`, 'x-forwarded-for': '198.51.100.9' },
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await answer(token, { answer: 'reschedule' });
    let text = '';
    while (!text.includes(id)) text += (await reader?.read())?.value ?? '';
    expect(text).toContain('"by":null');
    stream.abort();
  });

  it('takes only what the page sends: JSON of the page itself, with a known answer', async () => {
    const { id, token } = await invite();
    const crossOrigin = { headers: { origin: 'https://evil.example' } };
    expect(await statusOf(answer(token, { answer: 'confirm' }, crossOrigin))).toBe(403);
    const form = { method: 'POST', body: 'answer=confirm', headers: { 'content-type': 'text/plain' } };
    expect(await statusOf(ask(token, form))).toBe(403);
    for (const body of [{}, { answer: 'done' }, { answer: 'confirm', status: 'done' }])
      expect(await statusOf(answer(token, body))).toBe(422);
    expect(await read(id)).toMatchObject({ status: 'scheduled', version: 1 });
    const own = { headers: { origin: server.address } };
    expect(await statusOf(answer(token, { answer: 'confirm' }, own))).toBe(200);
  });

  it('shows the new time once the appointment has moved, and takes an answer only for that one', async () => {
    const { id, token, url } = await invite();
    const before = await read(id);
    const startAt = new Date(Date.parse(before.startAt) + 8 * 86_400_000).toISOString();
    const patch = { params: { id }, body: { startAt }, headers: { 'if-match': '*' } };
    await agenda.ana.api('PATCH /appointments/{id}', patch);
    expect(await (await ask(token)).json()).toMatchObject({ startAt, moved: true, mayAnswer: true });
    expect(await statusOf(answer(token, { answer: 'confirm' }))).toBe(409);
    expect(await statusOf(answer(token, { answer: 'confirm', startAt: before.startAt }))).toBe(409);
    expect((await read(id)).status).toBe('scheduled');
    const renewed = await makeLink(id);
    expect(renewed.url).not.toBe(url);
    expect(await statusOf(answer(token, { answer: 'confirm', startAt }))).toBe(200);
    expect(await statusOf(answer(renewed.url.slice(-24), { answer: 'cancel' }))).toBe(200);
    expect(await read(id)).toMatchObject({ status: 'confirmed', clientAnswer: 'cancel' });
  });

  it('can no longer be answered once the appointment is canceled or has begun, and ends with it', async () => {
    const canceled = await invite();
    await agenda.ana.api('POST /appointments/{id}/transitions', {
      params: { id: canceled.id },
      body: { to: 'canceled' },
    });
    expect(await (await ask(canceled.token)).json()).toMatchObject({ mayAnswer: false });
    expect(await statusOf(answer(canceled.token, { answer: 'confirm' }))).toBe(409);
    await expect(makeLink(canceled.id)).rejects.toMatchObject({ status: 409 });
    const { id, token } = await invite();
    const set = (start_at: Date, end_at: Date) =>
      server.db.system((tx) => tx.run(qb.updateTable('appointments').set({ start_at, end_at }).where('id', '=', id)));
    const minutes = (count: number) => new Date(Date.now() + count * 60_000);
    await set(minutes(-10), minutes(40));
    expect(await (await ask(token)).json()).toMatchObject({ mayAnswer: false });
    expect(await statusOf(answer(token, { answer: 'confirm' }))).toBe(409);
    await set(minutes(-60), minutes(-1));
    expect(await statusOf(ask(token))).toBe(404);
    expect(await statusOf(answer(token, { answer: 'confirm' }))).toBe(404);
  });

  it('tells nothing when it is altered, revoked, or of somebody who is no longer a client', async () => {
    const problem = async (token: string) => {
      const response = await ask(token);
      return `${String(response.status)} ${(await response.text()).replace(/"requestId":"[^"]*"/, '')}`;
    };
    const { id, token } = await invite();
    const unknown = await problem('A'.repeat(24));
    expect(unknown).toMatch(/^404 /);
    const altered = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
    for (const other of [altered, token.slice(1), `${token}A`, 'x', '%00', 'Á'.repeat(24)])
      expect(await problem(other)).toBe(unknown);
    await agenda.ana.api('DELETE /appointments/{id}/confirmation-link', { params: { id } });
    expect(await problem(token)).toBe(unknown);
    expect(await problem((await makeLink(id)).url.slice(-24))).toMatch(/^200 /);
    const removed = await invite();
    await agenda.ana.api('DELETE /appointments/{id}', { params: { id: removed.id }, headers: { 'if-match': '*' } });
    const archived = await invite();
    await server.db.system((tx) =>
      tx.run(qb.updateTable('clients').set({ archived_at: new Date() }).where('id', '=', archived.clientId)),
    );
    for (const link of [removed, archived]) expect(await problem(link.token)).toBe(unknown);
  });

  it('dies with what its client answered once the appointment is another client’s', async () => {
    const { id, token, url } = await invite();
    await answer(token, { answer: 'confirm' });
    expect(await read(id)).toMatchObject({ status: 'confirmed', clientAnswer: 'confirm' });
    const clientId = await registerClient(agenda.ana, agenda.ana.professionalId, { firstName: 'João' });
    const change = (body: object) =>
      agenda.ana.api('PATCH /appointments/{id}', { params: { id }, body, headers: { 'if-match': '*' } });
    // Naming the client whose it is changes nothing.
    await change({ clientId: (await read(id)).clientId });
    expect((await makeLink(id)).url).toBe(url);
    const { body } = await change({ clientId });
    expect(body).toMatchObject({ status: 'scheduled', clientAnswer: null, clientId });
    expect(await statusOf(ask(token))).toBe(404);
    expect(await statusOf(answer(token, { answer: 'confirm' }))).toBe(404);
    const next = await makeLink(id);
    expect(next.firstName).toBe('João');
    expect(next.url).not.toBe(url);
    const page = (await (await ask(next.url.slice(-24))).json()) as object;
    expect(page).toMatchObject({ firstName: 'João', answer: null });
  });

  it('is never made for a client from whom the appointment is being taken', async () => {
    const { id } = await invite();
    const clientId = await registerClient(agenda.ana, agenda.ana.professionalId, { firstName: 'João' });
    const making = await server.db.system(async (tx) => {
      const [row] = await tx.run(
        qb.updateTable('appointments').set({ client_id: clientId }).where('id', '=', id).returning('clinic_id'),
      );
      await endMessagesOf(tx, row?.clinic_id ?? '', [id]);
      const link = makeLink(id);
      await expect.poll(countWaiting).toBe(1);
      return [link] as const;
    });
    const { firstName, url } = await making[0];
    expect(firstName).toBe('João');
    expect(await statusOf(ask(url.slice(-24)))).toBe(200);
  });

  it('is limited by address: who hammers waits, and others do not', async () => {
    const { token } = await invite();
    const from = '203.0.113.7';
    const pages: number[] = [];
    for (let index = 0; index < 65; index += 1) pages.push(await statusOf(ask('A'.repeat(24), { from })));
    expect(new Set(pages)).toEqual(new Set([404, 429]));
    const refused = await ask(token, { from });
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(await statusOf(ask(token))).toBe(200);
    const answers: number[] = [];
    for (let index = 0; index < 12; index += 1)
      answers.push(await statusOf(answer('A'.repeat(24), { answer: 'confirm' }, { from: '203.0.113.8' })));
    expect(answers.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 404));
    expect(answers.slice(10)).toEqual([429, 429]);
  });

  it('is made for one’s own agenda, and of another clinic’s appointment for nobody', async () => {
    const { id } = await invite();
    for (const who of [agenda.bruno, agenda.vera]) {
      await expect(makeLink(id, who)).rejects.toMatchObject({ status: 404 });
      const revoke = who.api('DELETE /appointments/{id}/confirmation-link', { params: { id } });
      await expect(revoke).rejects.toMatchObject({ status: 404 });
    }
    expect((await makeLink(id, agenda.carla)).url).toBe((await makeLink(id)).url);
  });

  it('is kept as its random half alone, and deleted three months after its end', async () => {
    const { token } = await invite();
    const rows = await server.db.system((tx) => tx.run(qb.selectFrom('confirmation_links').selectAll()));
    expect(JSON.stringify(rows)).toContain(token.slice(0, 12));
    expect(JSON.stringify(rows)).not.toContain(token.slice(12));
    await server.db.system((tx) =>
      tx.run(qb.updateTable('confirmation_links').set({ expires_at: new Date(Date.now() - 91 * 86_400_000) })),
    );
    expect(await server.db.system((tx) => outlivedLinks(tx, 1000))).toBe(rows.length);
  });
});

describe('writing a client off reminders', () => {
  const about = (id: string, who = agenda.ana) => ({
    get: () => who.api('GET /clients/{id}/reminders', { params: { id } }),
    set: (email: boolean, ifMatch = '*') =>
      who.api('PATCH /clients/{id}/reminders', { params: { id }, body: { email }, headers: { 'if-match': ifMatch } }),
  });

  it('is remembered, by whoever may change the client, against the version they saw', async () => {
    const client = about(agenda.anasClient);
    const first = await client.get();
    expect([first.body, first.headers.get('etag')]).toEqual([{ email: true, messagesRefused: false }, '"0"']);
    expect((await about(agenda.anasClient, agenda.carla).set(false, '"0"')).headers.get('etag')).toBe('"1"');
    expect((await client.get()).body).toEqual({ email: false, messagesRefused: false });
    await expect(client.set(true, '"0"')).rejects.toMatchObject({ status: 412 });
    expect((await client.set(true, '"1"')).headers.get('etag')).toBe('"2"');
    for (const who of [agenda.bruno, agenda.vera]) {
      await expect(about(agenda.anasClient, who).get()).rejects.toMatchObject({ status: 404 });
      await expect(about(agenda.anasClient, who).set(false)).rejects.toMatchObject({ status: 404 });
    }
  });

  it('survives a merge, and its undoing', async () => {
    const { ana } = agenda;
    const [winner, loser] = [
      await registerClient(ana, ana.professionalId),
      await registerClient(ana, ana.professionalId),
    ];
    await about(loser).set(false);
    const input = { winnerId: winner, loserId: loser, winnerEtag: '*', loserEtag: '*', fields: {} };
    const { merge } = (await ana.api('POST /duplicates/merge', { body: input })).body;
    expect((await about(winner).get()).body).toEqual({ email: false, messagesRefused: false });
    await about(winner).set(true);
    expect((await about(winner).get()).body).toEqual({ email: true, messagesRefused: false });
    await ana.api('POST /duplicates/merges/{id}/undo', { params: { id: merge.id } });
    expect((await about(loser).get()).body).toEqual({ email: false, messagesRefused: false });
  });
});
