import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { signInTwoClinics, type TwoClinics } from '../../../../tests/support/two-clinics.ts';
import type { PrivacySettingsPatch } from '../../../shared/contracts/policies.ts';

let server: TestServer;
let people: TwoClinics;

beforeAll(async () => {
  server = await startTestServer();
  people = await signInTwoClinics(server);
});
afterAll(() => server.stop());

const publish = async (who: SignedIn, kind: 'privacy' | 'terms', body: string) =>
  (await who.api('POST /policies', { body: { kind, body } })).body;
const settle = (who: SignedIn, body: PrivacySettingsPatch, ifMatch = '*') =>
  who.api('PATCH /privacy-settings', { body, headers: { 'if-match': ifMatch } });
const read = async (clinic: string) => (await server.api('GET /public/policies/{clinic}', { params: { clinic } })).body;

describe('what a clinic says publicly', () => {
  it('is there for anybody once it is published, by the clinic’s id and by the name that it chose', async () => {
    const { ana, carla } = people;
    const { clinic } = (await ana.api('GET /me')).body;
    await expect(read(clinic.id)).rejects.toMatchObject({ status: 404 });
    await settle(ana, { controllerName: 'Clínica Ltda.', controllerDocument: '11.222.333/0001-81' });
    // Who is responsible is not published alone.
    await expect(read(clinic.id)).rejects.toMatchObject({ status: 404 });
    await publish(ana, 'privacy', '# Dados\n<script>alert(1)</script>');
    await publish(ana, 'terms', 'Termos');
    const { version } = await publish(ana, 'privacy', '# Dados\nDe novo');
    expect(version).toBe(2);
    expect((await settle(ana, { publicName: 'minha-clinica', officerEmail: 'dpo@exemplo.test' })).body.publicPath).toBe(
      '/privacidade/minha-clinica',
    );
    const shown = await read('minha-clinica');
    expect(shown).toEqual({
      clinicName: clinic.name,
      timeZone: 'America/Sao_Paulo',
      path: '/privacidade/minha-clinica',
      controller: { name: 'Clínica Ltda.', document: '11222333000181', address: null },
      officer: { name: null, email: 'dpo@exemplo.test', phone: null },
      privacy: { version: 2, body: '# Dados\nDe novo', publishedAt: expect.any(String) as string },
      terms: { version: 1, body: 'Termos', publishedAt: expect.any(String) as string },
    });
    expect(await read(clinic.id)).toEqual(shown);
    const { items } = (await ana.api('GET /policies')).body;
    expect(items.map(({ kind, version: each, isLatest }) => [kind, each, isLatest])).toEqual([
      ['privacy', 2, true],
      ['terms', 1, true],
      ['privacy', 1, false],
    ]);
    expect(items[2]?.body).toContain('<script>');
    expect((await carla.api('GET /privacy-settings')).body.controllerName).toBe('Clínica Ltda.');
  });

  it('has a name that no other clinic has, and is changed by whoever saw the latest state', async () => {
    const { ana, vera } = people;
    await settle(ana, { publicName: 'so-minha' });
    await expect(settle(vera, { publicName: 'so-minha' })).rejects.toMatchObject({
      problem: { code: 'public_name_taken' },
    });
    await expect(settle(ana, { publicName: 'Com Espaço' })).rejects.toMatchObject({ status: 422 });
    const { etag } = await settle(ana, { officerName: 'Dora' });
    await settle(ana, { officerName: 'Dora Lima' }, etag ?? '');
    await expect(settle(ana, { officerName: 'Outra' }, etag ?? '')).rejects.toMatchObject({ status: 412 });
    expect((await vera.api('GET /privacy-settings')).body).toMatchObject({ publicName: null, officerName: null });
  });

  it('is told without a clinic’s name only where the host has just one', async () => {
    await expect(server.api('GET /public/policies', {})).rejects.toMatchObject({ status: 404 });
    const alone = await startTestServer();
    try {
      await alone.createClinic('sozinha.test');
      await expect(alone.api('GET /public/policies', {})).rejects.toMatchObject({ status: 404 });
      await publish(await alone.signIn('ana@sozinha.test'), 'privacy', 'Aviso');
      expect((await alone.api('GET /public/policies', {})).body.privacy?.body).toBe('Aviso');
    } finally {
      await alone.stop();
    }
  });

  it('is linked from the page on which a client confirms', async () => {
    const { vera } = people;
    const clientId = (await vera.api('POST /clients', { body: { firstName: 'Maria' } })).body.id;
    const booking = { clientId, professionalId: vera.professionalId, localStart: '2031-06-09T10:00' };
    const { id } = (await vera.api('POST /appointments', { body: booking })).body;
    const { url } = (await vera.api('POST /appointments/{id}/confirmation-link', { params: { id } })).body;
    const token = url.split('/c/')[1] ?? '';
    const confirmation = async () =>
      (await server.api('GET /public/confirmations/{token}', { params: { token } })).body.privacyPath;
    expect(await confirmation()).toBeNull();
    await publish(vera, 'privacy', 'Aviso');
    const { clinic } = (await vera.api('GET /me')).body;
    expect(await confirmation()).toBe(`/privacidade/${clinic.id}`);
  });

  it('leaves no words in the trail', async () => {
    const { ana } = people;
    await settle(ana, { controllerName: 'Canário Ltda.', smallAgent: true });
    const { items } = (await ana.api('GET /audit', { query: { action: 'privacy_settings_changed' } })).body;
    expect(items[0]?.details.changes).toEqual([{ field: 'smallAgent', from: false, to: true }]);
    expect(JSON.stringify(items)).not.toMatch(/Ltda|Dora/);
  });

  it('is asked for sixty times a minute from one address, not more', async () => {
    const limited = await startTestServer();
    try {
      const statuses = await Promise.all(
        Array.from({ length: 70 }, async () => {
          const response = await fetch(`${limited.address}/api/v1/public/policies/ninguem`);
          await response.arrayBuffer();
          return response.status;
        }),
      );
      expect(statuses.filter((status) => status === 429)).toHaveLength(10);
      expect(statuses.filter((status) => status === 404)).toHaveLength(60);
    } finally {
      await limited.stop();
    }
  });
});
