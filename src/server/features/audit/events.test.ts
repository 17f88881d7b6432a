import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import { findQueue } from './event-queue.ts';

describe('the trail of who did what', () => {
  let server: TestServer;
  let bruno: SignedIn;
  let seen = new Set<string>();

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('trilha.test');
    bruno = await server.signIn('bruno@trilha.test');
  });
  afterAll(() => server.stop());

  const allEvents = async () => {
    await findQueue(server.db).flush();
    return server.db.system((tx) => tx.run(qb.selectFrom('audit_events').selectAll().orderBy('at')));
  };

  /** Does some work. @returns the events that it recorded */
  async function eventsOf(work: () => Promise<unknown>) {
    seen = new Set((await allEvents()).map(({ id }) => id));
    await work();
    return (await allEvents()).filter(({ id }) => !seen.has(id));
  }

  const register = async () =>
    (await bruno.api('POST /clients', { body: { firstName: 'Ágata', notes: 'dor' } })).body.id;
  const about = (id: string) => ({ params: { id } });
  const change = (id: string, body: object) =>
    bruno.api('PATCH /clients/{id}', { ...about(id), headers: { 'if-match': '*' }, body });
  const archive = (id: string) => bruno.api('DELETE /clients/{id}', { ...about(id), headers: { 'if-match': '*' } });

  it.each<[action: string, work: (id: string) => Promise<unknown>]>([
    ['client_read', (id) => bruno.api('GET /clients/{id}', about(id))],
    ['client_updated', (id) => change(id, { lastName: 'Nova' })],
    ['client_archived', (id) => archive(id)],
    ['client_history_read', (id) => bruno.api('GET /clients/{id}/history', about(id))],
    ['client_contact_exported', (id) => bruno.api('GET /clients/{id}/vcard', about(id))],
    ['client_data_exported', (id) => bruno.api('GET /clients/{id}/data-export', about(id))],
  ])('%s: one event, with time, actor, session, address and record', async (action, work) => {
    const id = await register();
    const before = Date.now();
    const events = await eventsOf(() => work(id));
    expect(events).toEqual([
      {
        clinic_id: expect.any(String) as string,
        id: expect.any(String) as string,
        at: expect.any(Date) as Date,
        actor_id: bruno.professionalId,
        session_id: bruno.sessionId,
        action,
        record_type: 'client',
        record_id: id,
        address: '127.0.0.1',
        request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        details: { as: 'owner' },
      },
    ]);
    expect(events[0]?.at.getTime()).toBeGreaterThanOrEqual(before - 1000);
  });

  it('client_created, client_restored and clients_exported: one event each', async () => {
    let id = '';
    const created = await eventsOf(async () => {
      id = await register();
    });
    expect(created).toMatchObject([{ action: 'client_created', record_id: id, session_id: bruno.sessionId }]);
    await archive(id);
    const restored = await eventsOf(() => bruno.api('POST /clients/{id}/restore', about(id)));
    expect(restored).toMatchObject([{ action: 'client_restored', record_id: id }]);
    const exported = await eventsOf(() => bruno.api('GET /clients/export.csv'));
    expect(exported).toMatchObject([{ action: 'clients_exported', record_type: null, actor_id: bruno.professionalId }]);
  });

  it('signed_in, signed_out and sign_in_failed: one event each, with the person it was about', async () => {
    let session: SignedIn | undefined;
    const opened = await eventsOf(async () => {
      session = await server.signIn('carla@trilha.test');
    });
    const who = { actor_id: session?.professionalId, session_id: session?.sessionId, address: '127.0.0.1' };
    expect(opened).toMatchObject([
      { action: 'signed_in', record_type: 'session', record_id: session?.sessionId, ...who },
    ]);
    expect(await eventsOf(async () => session?.api('DELETE /auth/sessions/current'))).toMatchObject([
      { action: 'signed_out', record_type: 'session', record_id: session?.sessionId, ...who },
    ]);
    const failed = await eventsOf(async () => {
      const code = await server.fetchCode('carla@trilha.test');
      const wrong = { email: 'carla@trilha.test', code: code === '000000' ? '000001' : '000000' };
      const body = { ...wrong, device: { id: randomUUID() }, transport: 'bearer' as const };
      await server.api('POST /auth/sessions', { body }).catch(() => undefined);
    });
    expect(failed).toMatchObject([
      { action: 'sign_in_failed', record_type: 'professional', record_id: session?.professionalId, session_id: null },
    ]);
  });

  it('holds no event for what did not happen', async () => {
    const id = await register();
    const nothing = await eventsOf(async () => {
      const failing = [
        () => bruno.api('GET /clients/{id}', about(randomUUID())),
        () => bruno.api('GET /clients/{id}/history', about(randomUUID())),
        () => change(randomUUID(), { rg: '1' }),
        () => bruno.api('PATCH /clients/{id}', { ...about(id), headers: { 'if-match': '"9"' }, body: { rg: '1' } }),
        () => bruno.api('POST /clients', { body: { firstName: '' } }),
        () => bruno.api('POST /clients/{id}/anonymize', about(id)),
      ];
      for (const call of failing) await expect(call()).rejects.toThrow();
      await change(id, {});
      await bruno.api('POST /clients/{id}/restore', about(id));
      await bruno.api('GET /clients');
    });
    // But for the attempt at what a professional may not do.
    expect(nothing).toMatchObject([{ action: 'access_denied', record_id: id }]);
  });

  it('writes an event in the transaction of the change: neither without the other', async () => {
    const id = await register();
    await server.db.system((tx) =>
      tx.run(sql`alter table audit_events add constraint refuse check (action <> 'client_updated') not valid`),
    );
    await expect(change(id, { lastName: 'Sem trilha' })).rejects.toMatchObject({ status: 500 });
    await server.db.system((tx) => tx.run(sql`alter table audit_events drop constraint refuse`));
    expect((await bruno.api('GET /clients/{id}', about(id))).body.lastName).toBeNull();
  });

  it('never holds personal data, codes or tokens', async () => {
    const secrets = ['Ágata', 'dor', 'Nova', 'carla', 'bruno', 'trilha.test', bruno.accessToken, bruno.refreshToken];
    const trail = JSON.stringify(await allEvents());
    for (const secret of secrets) expect(trail).not.toContain(secret);
  });

  it('cannot be changed by the login of the product, nor by the role of requests', async () => {
    const client = new pg.Client(server.database.url);
    await client.connect();
    for (const table of ['audit_events', 'audit_seals', 'client_versions'])
      for (const statement of [
        `update ${table} set clinic_id = clinic_id`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ])
        await expect(client.query(statement), statement).rejects.toMatchObject({ code: '42501' });
    await client.end();
  });
});
