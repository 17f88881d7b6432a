import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ApiClient } from '../../src/shared/api-client.ts';
import { hasDebianPostgres, type ReplicatedPostgres, startReplicated } from '../support/replicated-postgres.ts';
import { type Installation, installOn, type ServerProcess } from './installation.ts';

describe.skipIf(!hasDebianPostgres)('reads that may be seconds old, with a streaming standby', () => {
  const parts = new AsyncDisposableStack();
  let database: ReplicatedPostgres;
  let installation: Installation;
  let server: ServerProcess;
  let api: ApiClient;
  let accessToken: string;

  beforeAll(async () => {
    database = await startReplicated({ synchronous: false });
    parts.defer(() => database.stop());
    installation = await installOn(database.urls.primary, database.folder, () => Promise.resolve());
    parts.defer(() => installation.stop());
    server = await installation.startServer({ DATABASE_REPLICA_URL: database.urls.standby });
    ({ api, accessToken } = await installation.signIn(server));
    await caughtUp();
  }, 180_000);
  afterAll(() => parts.disposeAsync());
  afterEach(() => database.ask(database.ports.standby, 'select pg_wal_replay_resume()'));

  const exportList = async (token = accessToken): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`${server.address}/api/v1/clients/export.csv`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: answer.status, text: await answer.text() };
  };
  const create = (firstName: string, more: { readonly lastName?: string; readonly dateOfBirth?: string } = {}) =>
    api('POST /clients', { body: { firstName, ...more, professionalId: installation.professionalId } });
  /** Waits until the standby has replayed what the primary has written so far. */
  const caughtUp = async (): Promise<void> => {
    const [row] =
      (await database.ask<{ lsn: string }>(database.ports.primary, 'select pg_current_wal_lsn() as lsn')) ?? [];
    const replayed = `select pg_last_wal_replay_lsn() >= '${row?.lsn ?? ''}' as done`;
    const isDone = async () => (await database.ask<{ done: boolean }>(database.ports.standby, replayed))?.[0]?.done;
    await vi.waitUntil(isDone, { timeout: 20_000, interval: 50 });
  };
  const countLeft = (): number => server.log.filter(({ event }) => event === 'standby_left').length;
  /** Waits until the standby is asked again after a rest. */
  const exportsFromStandby = async (missing: string): Promise<void> =>
    expect.poll(async () => (await exportList()).text, { timeout: 20_000 }).not.toContain(missing);

  it('go to the standby, while lists come from the primary', async () => {
    await create('Antônia');
    await caughtUp();
    expect((await exportList()).text).toContain('Antônia');
    await database.ask(database.ports.standby, 'select pg_wal_replay_pause()');
    await create('Beatriz');
    const { text } = await exportList();
    expect(text).toContain('Antônia');
    expect(text).not.toContain('Beatriz');
    expect((await api('GET /clients')).body.items.map(({ firstName }) => firstName)).toEqual(['Antônia', 'Beatriz']);
    expect((await api('GET /clients/filters')).status).toBe(200);
    expect(countLeft()).toBe(0);
  });

  it('never show a pair of duplicates that was just merged', async () => {
    const person = { lastName: 'Ximenes Falcão', dateOfBirth: '1980-01-02' };
    const [one] = [await create('Constança', person), await create('Constança', person)];
    await caughtUp();
    const pairs = async () => (await api('GET /duplicates')).body.items.length;
    expect(await pairs()).toBe(1);
    await database.ask(database.ports.standby, 'select pg_wal_replay_pause()');
    await api('DELETE /clients/{id}', {
      params: { id: one.body.id },
      headers: { 'if-match': one.headers.get('etag') ?? '' },
    });
    expect(await pairs()).toBe(0);
  });

  it('end with the session at once, although the standby still knows it as open', async () => {
    const { api: leaving, accessToken: token } = await installation.signIn(server);
    await caughtUp();
    expect((await exportList(token)).status).toBe(200);
    await database.ask(database.ports.standby, 'select pg_wal_replay_pause()');
    await leaving('DELETE /auth/sessions/current');
    expect((await exportList(token)).status).toBe(401);
  });

  it('go back to the primary when the standby is too far behind', { timeout: 60_000 }, async () => {
    await caughtUp();
    await database.ask(database.ports.standby, 'select pg_wal_replay_pause()');
    await create('Dalva');
    await exportsFromStandby('Dalva');
    await expect.poll(async () => (await exportList()).text, { timeout: 30_000, interval: 500 }).toContain('Dalva');
    await expect.poll(countLeft).toBeGreaterThan(0);
  });

  it('go back to the primary when the standby is gone', async () => {
    await create('Emília');
    database.killStandby();
    const { status, text } = await exportList();
    expect({ status, found: text.includes('Emília') }).toEqual({ status: 200, found: true });
  });
});
