import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';

describe('clients', () => {
  let server: TestServer;
  let bruno: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('exemplo.test');
    bruno = await server.signIn('bruno@exemplo.test');
  });
  afterAll(() => server.stop());

  it('registers, finds, opens, changes, archives and restores a client', async () => {
    const created = await bruno.api('POST /clients', {
      body: {
        firstName: 'Conceição',
        lastName: 'Gonçalves',
        phone: '(11) 98765-4321',
        address: { city: 'São Paulo', state: 'SP' },
      },
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      firstName: 'Conceição',
      phone: '+5511987654321',
      professionalId: bruno.professionalId,
    });
    const { id } = created.body;

    const found = await bruno.api('GET /clients', { query: { q: 'goncalves conce' } });
    expect(found.body.items.map((item) => item.id)).toEqual([id]);

    const opened = await bruno.api('GET /clients/{id}', { params: { id } });
    expect(opened.etag).toBe('"1"');
    const changed = await bruno.api('PATCH /clients/{id}', {
      params: { id },
      headers: { 'if-match': opened.etag ?? '' },
      body: { profession: 'Médica', address: { city: null } },
    });
    expect(changed.body).toMatchObject({ profession: 'Médica', address: { city: null, state: 'SP' } });
    expect(changed.etag).toBe('"2"');

    await bruno.api('DELETE /clients/{id}', { params: { id }, headers: { 'if-match': '"2"' } });
    expect((await bruno.api('GET /clients')).body.items).toEqual([]);
    expect((await bruno.api('POST /clients/{id}/restore', { params: { id } })).body.archivedAt).toBeNull();
  });
});
