import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChangeEvent } from '../../../shared/contracts/events.ts';
import { plainStanding } from '../../../shared/permissions.ts';
import { importFile } from '../../../../tests/support/import-file.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { sql } from '../../db/sql.ts';
import { contributions } from '../../features.ts';
import type { Actor } from '../../http/actor.ts';
import { ChangeFeed } from './feed.ts';

const metricsToken = 'medidas-0123456789abcdef0123456789abcdef';
let server: TestServer;
let clinics = 0;
beforeAll(async () => {
  server = await startTestServer({ METRICS_TOKEN: metricsToken, MAX_ACTIVE_DEVICE_SESSIONS: '10' });
});
afterAll(() => server.stop());

async function openClinic(): Promise<{ ana: SignedIn; bruno: SignedIn; domain: string }> {
  const domain = `escuta${String((clinics += 1))}.test`;
  await server.createClinic(domain);
  return { domain, ana: await server.signIn(`ana@${domain}`), bruno: await server.signIn(`bruno@${domain}`) };
}

const ask = (method: string, { accessToken }: SignedIn, on = server, signal = AbortSignal.timeout(30_000)) =>
  fetch(`${on.address}/api/v1/events`, { method, headers: { authorization: `Bearer ${accessToken}` }, signal });

/** Listens until the stream ends; `ended` is that time as `performance.now()`. */
async function listen(person: SignedIn, on = server) {
  const stop = new AbortController();
  const response = await ask('GET', person, on, stop.signal);
  expect(response.status).toBe(200);
  const changes: ChangeEvent[] = [];
  const ended = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? [])
      for (const [, data = '{}'] of decoder.decode(chunk).matchAll(/^data: (.+)$/gm))
        changes.push(JSON.parse(data) as ChangeEvent);
    return performance.now();
  })().catch(() => performance.now());
  return { changes, ended, stop };
}

async function countStreams(): Promise<number> {
  const answer = await fetch(`${server.address}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } });
  return Number(/^acolhe_event_streams (\d+)$/m.exec(await answer.text())?.[1] ?? Number.NaN);
}

const settled = (milliseconds = 1500) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a stream of changes', () => {
  it('ends when its session does, whoever ends it, and tells nothing more', { timeout: 60_000 }, async () => {
    const { ana, bruno, domain } = await openClinic();
    const [left, sent, gone] = [
      await server.signIn(`bruno@${domain}`),
      await server.signIn(`bruno@${domain}`),
      await server.signIn(`carla@${domain}`),
    ];
    const streams = await Promise.all([left, sent, gone].map((person) => listen(person)));
    const stays = await listen(bruno);
    await left.api('DELETE /auth/sessions/current');
    await ana.api('DELETE /professionals/{id}/sessions/{sessionId}', {
      params: { id: sent.professionalId, sessionId: sent.sessionId },
    });
    await ana.api('POST /professionals/{id}/deactivate', {
      params: { id: gone.professionalId },
      body: { reason: 'saiu' },
    });
    const over = performance.now();
    await ana.api('POST /clients', { body: { firstName: 'Nova', professionalId: bruno.professionalId } });
    const ends = await Promise.all(streams.map(({ ended }) => ended));
    for (const end of ends) expect(end - over).toBeLessThan(4000);
    await expect.poll(() => stays.changes.map(({ recordType }) => recordType)).toContain('client');
    for (const { changes } of streams) expect(changes.filter(({ recordType }) => recordType === 'client')).toEqual([]);
    stays.stop.abort();
  });

  it('tells what the role and the hands of the moment allow', { timeout: 60_000 }, async () => {
    const { ana, bruno } = await openClinic();
    const { body: client } = await bruno.api('POST /clients', { body: { firstName: 'Íris' } });
    await settled();
    const toBruno = await listen(bruno);
    const edit = (body: object) =>
      ana.api('PATCH /clients/{id}', { params: { id: client.id }, headers: { 'if-match': '*' }, body });
    await edit({ professionalId: ana.professionalId });
    await edit({ rg: '1' });
    await importFile(ana, 'nome\nLia\n');
    await expect.poll(() => toBruno.changes.map(({ recordType }) => recordType), { timeout: 5000 }).toEqual(['import']);
    expect(toBruno.changes[0]).toMatchObject({ recordId: '00000000-0000-0000-0000-000000000000', by: null });
    await ana.api('PATCH /professionals/{id}', {
      params: { id: bruno.professionalId },
      headers: { 'if-match': '*' },
      body: { role: 'administrator' },
    });
    await settled();
    await edit({ rg: '2' });
    await expect.poll(() => toBruno.changes.at(-1)?.recordId, { timeout: 5000 }).toBe(client.id);
    toBruno.stop.abort();
  });

  it('lives no longer than its access token', { timeout: 60_000 }, async () => {
    const short = await startTestServer({ ACCESS_TOKEN_SECONDS: '3' });
    try {
      await short.createClinic('curta.test');
      const signedInAt = performance.now();
      const { ended } = await listen(await short.signIn('ana@curta.test'), short);
      expect((await ended) - signedInAt).toBeLessThan(8000);
    } finally {
      await short.stop();
    }
  });

  it('is gone with its reader, and a HEAD opens none', async () => {
    const { ana } = await openClinic();
    await expect.poll(countStreams, { timeout: 5000 }).toBe(0);
    for (let n = 0; n < 5; n++) {
      const head = await ask('HEAD', ana);
      expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    }
    expect(await countStreams()).toBe(0);
    const stream = await listen(ana);
    expect(await countStreams()).toBe(1);
    stream.stop.abort();
    await expect.poll(countStreams, { timeout: 10_000 }).toBe(0);
  });
});

describe('the feed', () => {
  async function actorOf(person: SignedIn): Promise<Actor> {
    const { body: me } = await person.api('GET /me');
    const { sessionId, professionalId } = person;
    const access = { sessionId, professionalId, clinicId: me.clinic.id, ...plainStanding(me.role) };
    const caller = { requestId: 'x', address: '127.0.0.1' };
    return { ...caller, ...access, accessUntil: new Date(Date.now() + 60_000) };
  }

  it('keeps the newest streams of a session and a person and refuses those beyond a clinic’s', async () => {
    const { ana, bruno, domain } = await openClinic();
    const feed = new ChangeFeed(server.db, contributions.announced, { session: 2, person: 3, clinic: 5, process: 6 });
    const [one, other] = [await actorOf(ana), await actorOf(await server.signIn(`ana@${domain}`))];
    const streams = [one, one, one, other, other].map((actor) => feed.subscribe(actor));
    expect(streams.map((stream) => stream.writableEnded)).toEqual([true, true, false, false, false]);
    const third = await actorOf(bruno);
    feed.subscribe(third);
    feed.subscribe(third);
    const { accessUntil, ...rest } = third;
    const fourth = { ...rest, accessUntil, sessionId: one.sessionId, professionalId: one.sessionId };
    expect(() => feed.subscribe(fourth)).toThrow('too_many_requests');
    const elsewhere = await actorOf((await openClinic()).ana);
    feed.subscribe(elsewhere);
    const [stranger] = [await actorOf((await openClinic()).ana)];
    expect(() => feed.subscribe(stranger)).toThrow('unavailable');
    feed.close();
    expect(feed.size).toBe(0);
  });

  it('tells nobody about kinds of records that it does not know, and entries of the host to administrators', async () => {
    const { ana, bruno } = await openClinic();
    const feed = new ChangeFeed(server.db, ['room_changed', 'host_entered']);
    const [administrator, professional] = [await actorOf(ana), await actorOf(bruno)];
    const [toAna, toBruno] = [feed.subscribe(administrator), feed.subscribe(professional)];
    await server.db.system((tx) =>
      tx.run(
        sql`insert into audit_events (clinic_id, actor_id, action, record_type, record_id, address, request_id)
          select ${administrator.clinicId}::uuid, ${ana.professionalId}::uuid, kinds.action, kinds.record_type,
            gen_random_uuid(), '127.0.0.1', 'kinds'
          from (values ('room_changed', 'room'), ('host_entered', 'host_entry'), ('room_changed', 'recipe'),
            ('room_changed', 'toString'), ('room_changed', null)) as kinds (action, record_type)`,
      ),
    );
    await feed.poll();
    const kinds = (stream: { read: () => unknown }) =>
      [...String(stream.read()).matchAll(/"recordType":"(\w+)"/g)].map(([, kind]) => kind).toSorted();
    expect(kinds(toAna)).toEqual(['host_entry', 'room']);
    expect(kinds(toBruno)).toEqual(['room']);
    feed.close();
  });

  it('cuts off a reader who does not read, and hides no clinic behind another’s rush', async () => {
    const [busy, quiet] = [await openClinic(), await openClinic()];
    const feed = new ChangeFeed(server.db, contributions.announced);
    const [ana, stranger] = [await actorOf(busy.ana), await actorOf(quiet.ana)];
    feed.subscribe(ana);
    const toStranger = feed.subscribe(stranger);
    const { body: client } = await quiet.ana.api('POST /clients', { body: { firstName: 'Calma' } });
    const rush = () =>
      server.db.system((tx) =>
        tx.run(
          sql`insert into audit_events (clinic_id, actor_id, action, record_type, record_id, address, request_id)
            select ${ana.clinicId}::uuid, ${ana.professionalId}::uuid, 'client_updated', 'client', gen_random_uuid(),
              '127.0.0.1', 'rush' from generate_series(1, 1200)`,
        ),
      );
    await rush();
    await feed.poll();
    expect(feed.size).toBe(2);
    await feed.poll();
    await settled(100);
    expect(feed.size).toBe(1);
    expect(String(toStranger.read())).toContain(client.id);
    feed.close();
  });
});
