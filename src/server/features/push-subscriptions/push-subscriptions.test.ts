import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Agenda,
  answerTo,
  bookVisit,
  brunosVisit,
  openAgenda,
  registerClient,
} from '../../../../tests/support/agenda.ts';
import { execute } from '../../../../tests/support/database.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { type PushService, startPushService } from './testing/push-service.ts';

const env = {
  SECRET_KEY: 'a key that both servers have, of some length',
  DEFAULT_FROM_EMAIL: 'Acolhe <oi@clinica.test>',
};

let server: TestServer;
let agenda: Agenda;
let push: PushService;

beforeAll(async () => {
  [server, push] = await Promise.all([startTestServer(env), startPushService()]);
  agenda = await openAgenda(server);
});
afterAll(async () => {
  await server.stop();
  await push.close();
});

/** A browser of somebody that is told what clients answer. */
async function turnOn(who: SignedIn) {
  const { publicKey } = (await who.api('GET /push-key')).body;
  const { path, body } = push.subscribe(publicKey);
  const { id } = (await who.api('POST /push-subscriptions', { body })).body;
  return { id, path, body };
}

const subscriptionsOf = async (who: SignedIn) =>
  (await who.api('GET /push-subscriptions')).body.items.map(({ id }) => id);

let days = 0;

/** Bruno's client answers the link of a message. */
async function answer(given: 'confirm' | 'cancel' | 'reschedule'): Promise<void> {
  const { ana, bruno } = agenda;
  const clientId = await registerClient(ana, bruno.professionalId, { firstName: 'Ermelinda' });
  const startAt = `2031-05-${String((days += 1)).padStart(2, '0')}T13:00:00.000Z`;
  const { id } = await bookVisit(ana, brunosVisit(agenda, { clientId, startAt }));
  const link = await ana.api('POST /appointments/{id}/confirmation-link', { params: { id } });
  const token = new URL(link.body.url, server.address).pathname.split('/').at(-1) ?? '';
  await server.api('POST /public/confirmations/{token}', { params: { token }, body: { answer: given } });
}

const receivedBy = (path: string) => push.received.filter((each) => each.path === path);

/** The texts that a browser got, once there are so many. */
async function textsOf(path: string, count: number): Promise<unknown[]> {
  await expect.poll(() => receivedBy(path).length, { timeout: 30_000 }).toBe(count);
  return receivedBy(path).map(({ text }) => JSON.parse(text) as unknown);
}

/** Resolves when no message waits to be sent. */
const settled = () =>
  expect
    .poll(
      () =>
        execute(
          server.database.url,
          `select j.id from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
           where t.identifier = 'send_push'`,
        ),
      { timeout: 30_000 },
    )
    .toEqual([]);

describe('a device that is told what clients answer', () => {
  it('gets a message that names neither person nor time, encrypted, by a sender who says who it is', async () => {
    const { bruno, carla } = agenda;
    const [brunos, carlas] = [await turnOn(bruno), await turnOn(carla)];
    await answer('confirm');
    expect(await textsOf(brunos.path, 1)).toEqual([{ text: 'Um cliente confirmou um atendimento.' }]);
    await answer('cancel');
    await answer('reschedule');
    expect(await textsOf(brunos.path, 3)).toEqual([
      { text: 'Um cliente confirmou um atendimento.' },
      { text: 'Um cliente pediu para cancelar um atendimento.' },
      { text: 'Um cliente pediu outro horário.' },
    ]);
    const [first] = receivedBy(brunos.path);
    expect(first?.ttl).toBeGreaterThan(0);
    expect(first?.ttl).toBeLessThanOrEqual(3600);
    const { aud, sub, key } = first?.sender ?? {};
    expect({ aud, sub, key }).toEqual({
      aud: new URL(brunos.body.endpoint).origin,
      sub: 'mailto:oi@clinica.test',
      key: brunos.body.serverKey,
    });
    await settled();
    expect(receivedBy(carlas.path)).toEqual([]);
    await bruno.api('DELETE /push-subscriptions/{id}', { params: { id: brunos.id } });
  });

  it('gets none once it was turned off, and that is in the trail without an address', async () => {
    const { ana, bruno } = agenda;
    const { id, path } = await turnOn(bruno);
    expect(await subscriptionsOf(bruno)).toEqual([id]);
    expect(await answerTo(ana.api('DELETE /push-subscriptions/{id}', { params: { id } }))).toBe('404 not_found');
    await bruno.api('DELETE /push-subscriptions/{id}', { params: { id } });
    expect(await subscriptionsOf(bruno)).toEqual([]);
    await answer('confirm');
    await settled();
    expect(push.attempts(path)).toBe(0);
    const events = await execute(
      server.database.url,
      `select action, actor_id, details from audit_events where record_id = '${id}' order by id`,
    );
    expect(events).toMatchObject([
      { action: 'push_turned_on', actor_id: bruno.professionalId, details: {} },
      { action: 'push_turned_off', actor_id: bruno.professionalId, details: {} },
    ]);
  });

  it('is forgotten when its push service knows it no more', async () => {
    const { bruno } = agenda;
    const [gone, kept] = [await turnOn(bruno), await turnOn(bruno)];
    push.answer(gone.path, 410);
    await answer('confirm');
    expect(await textsOf(kept.path, 1)).toHaveLength(1);
    await settled();
    expect(await subscriptionsOf(bruno)).toEqual([kept.id]);
    await bruno.api('DELETE /push-subscriptions/{id}', { params: { id: kept.id } });
  });

  it('gets the message later when its push service is overloaded, and never when it is refused', async () => {
    const { bruno } = agenda;
    const [late, refused] = [await turnOn(bruno), await turnOn(bruno)];
    push.answer(late.path, 503);
    push.answer(refused.path, 400);
    await answer('confirm');
    expect(await textsOf(late.path, 1)).toHaveLength(1);
    await settled();
    expect([push.attempts(late.path), push.attempts(refused.path)]).toEqual([2, 1]);
    const logs = server.logs.join('');
    expect(logs).toContain('push_refused');
    for (const { body } of [late, refused]) expect(logs).not.toContain(new URL(body.endpoint).pathname);
    expect(await subscriptionsOf(bruno)).toEqual([late.id, refused.id]);
    for (const { id } of [late, refused]) await bruno.api('DELETE /push-subscriptions/{id}', { params: { id } });
  });

  it('gets nothing after its session has ended', async () => {
    const domain = (await agenda.bruno.api('GET /me')).body.email;
    const other = await server.signIn(domain);
    const { path } = await turnOn(other);
    await other.api('DELETE /auth/sessions/current');
    await answer('confirm');
    await settled();
    expect(push.attempts(path)).toBe(0);
    expect(await subscriptionsOf(agenda.bruno)).toEqual([]);
  });

  it('belongs to whoever signed in on it last', async () => {
    const { ana, bruno } = agenda;
    const { body } = await turnOn(bruno);
    const { id } = (await ana.api('POST /push-subscriptions', { body })).body;
    expect(await subscriptionsOf(bruno)).toEqual([]);
    expect(await subscriptionsOf(ana)).toEqual([id]);
    await ana.api('DELETE /push-subscriptions/{id}', { params: { id } });
  });

  it('subscribes with the same key at every server, and with no other', async () => {
    const { bruno } = agenda;
    const { publicKey } = (await bruno.api('GET /push-key')).body;
    const second = await startTestServer({ ...env, DATABASE_URL: server.database.url });
    const answers = await fetch(`${second.address}/api/v1/push-key`, {
      headers: { authorization: `Bearer ${bruno.accessToken}` },
    });
    expect(await answers.json()).toEqual({ publicKey });
    await second.stop();
    const { body } = push.subscribe(`${publicKey.slice(0, -3)}abc`);
    expect(await answerTo(bruno.api('POST /push-subscriptions', { body }))).toBe('422 invalid_request');
  });

  it('is one of ten at most', async () => {
    const { carla } = agenda;
    const made = await subscriptionsOf(carla);
    while (made.length < 10) made.push((await turnOn(carla)).id);
    await expect(turnOn(carla)).rejects.toMatchObject({ problem: { code: 'too_many_requests' } });
  });
});
