import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execute } from '../../../../tests/support/database.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';

const refused = { problem: { status: 409, code: 'already_anonymized' } };

describe('a client who was made anonymous', () => {
  let server: TestServer;
  let ana: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('apagados.test');
    ana = await server.signIn('ana@apagados.test');
  });
  afterAll(() => server.stop());

  const register = async (phone: string): Promise<string> =>
    (await ana.api('POST /clients', { body: { firstName: 'Wanderleia', phone } })).body.id;
  const anonymize = (id: string) => ana.api('POST /clients/{id}/anonymize', { params: { id }, body: {} });
  const read = async (id: string) => (await ana.api('GET /clients/{id}', { params: { id } })).body;

  it('is neither restored nor given data again, itself and the records merged into it', async () => {
    const [id, loser] = [await register('11987650001'), await register('11987650002')];
    await ana.api('POST /duplicates/merge', {
      body: { winnerId: id, loserId: loser, winnerEtag: '*', loserEtag: '*', fields: {} },
    });
    await anonymize(id);
    for (const each of [id, loser]) {
      const params = { id: each };
      await expect(ana.api('POST /clients/{id}/restore', { params })).rejects.toMatchObject(refused);
      const headers = { 'if-match': '*' };
      const change = ana.api('PATCH /clients/{id}', { params, headers, body: { firstName: 'Wanderleia' } });
      await expect(change).rejects.toMatchObject(refused);
      expect(await read(each)).toMatchObject({ firstName: 'Cliente anonimizado', phone: null });
      expect((await read(each)).archivedAt).not.toBeNull();
    }
  });

  it('does not come back with the undoing of a change of several clients', async () => {
    const [id, other] = [await register('11987650003'), await register('11987650004')];
    const change = { ids: [id, other], change: { archive: true as const } };
    const { body: made } = await ana.api('POST /clients/several', { body: change });
    await anonymize(id);
    const { body: undone } = await ana.api('POST /clients/several/{id}/undo', { params: { id: made.id ?? '' } });
    expect(undone).toEqual({ restored: 1, left: [{ id, name: 'Cliente anonimizado', code: 'changed_since' }] });
    expect((await read(id)).archivedAt).not.toBeNull();
  });

  it('gets no name of a guardian who withdraws a consent', async () => {
    const text = { purpose: 'messages', title: 'Mensagens', body: 'Autorizo.' } as const;
    const { body: written } = await ana.api('POST /consent-texts', { body: text });
    const id = await register('11987650005');
    const given = { textId: written.id, decision: 'given', by: 'client', means: 'paper' } as const;
    const { body: consent } = await ana.api('POST /clients/{id}/consents', { params: { id }, body: given });
    // As if it had been signed long ago: an answer is never changed, but by the superuser of the database.
    await execute(
      server.database.adminUrl,
      'set session_replication_role = replica',
      `update consents set recorded_at = recorded_at - interval '21 years' where id = '${consent.id}'`,
    );
    await anonymize(id);
    const guardian = { name: 'Odete Quaresmeira', relation: 'mother' } as const;
    const withdrawal = ana.api('POST /consents/{id}/withdraw', {
      params: { id: consent.id },
      body: { by: 'guardian', guardian, means: 'paper' },
    });
    await expect(withdrawal).rejects.toMatchObject(refused);
  });
});
