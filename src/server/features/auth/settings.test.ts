import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type SignedIn, type TestServer } from '../../../../tests/support/server.ts';
import { sql } from '../../db/sql.ts';

let server: TestServer;
let bruno: SignedIn;
beforeAll(async () => {
  server = await startTestServer();
  await server.createClinic('preferencias.test');
  bruno = await server.signIn('bruno@preferencias.test');
});
afterAll(() => server.stop());

describe('own preferences', () => {
  it('begin with defaults, and a change leaves the others alone', async () => {
    const before = await bruno.api('GET /me/settings');
    const defaults = {
      theme: 'system',
      accent: 'teal',
      textSize: 'medium',
      language: 'pt-BR',
      singleKeyShortcuts: true,
    };
    expect(before.body).toEqual(defaults);
    const headers = { 'if-match': before.etag ?? '' };
    await bruno.api('PATCH /me/settings', { body: { singleKeyShortcuts: false }, headers });
    expect((await bruno.api('GET /me/settings')).body).toEqual({ ...defaults, singleKeyShortcuts: false });
    await expect(
      bruno.api('PATCH /me/settings', { body: { singleKeyShortcuts: 'no' as never }, headers: { 'if-match': '*' } }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it('of a later release are passed over by this one', async () => {
    await server.db.system((tx) =>
      tx.run(
        sql`update professionals set settings = settings || '{"fromTomorrow": 1}' where email = 'bruno@preferencias.test'`,
      ),
    );
    const { body } = await bruno.api('GET /me/settings');
    expect(body).not.toHaveProperty('fromTomorrow');
    expect(body.singleKeyShortcuts).toBe(false);
  });
});
