import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LendingClinic, listed, openLendingClinic, register } from '../../../../tests/support/lending.ts';
import { listMails } from '../../../../tests/support/mailbox.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { sql } from '../../db/sql.ts';

const cpf = '529.982.247-25';

describe('an emergency access', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ MAX_ACTIVE_DEVICE_SESSIONS: '1000' });
  });
  afterAll(() => server.stop());

  const card = (person: SignedIn, id: string) => person.api('GET /clients/{id}', { params: { id } });
  const open = (person: SignedIn, id: string, reason = 'dor forte') =>
    person.api('POST /clients/{id}/emergency-access', { params: { id }, body: { reason } });
  const lookUp = (person: SignedIn, body: { document?: string; phone?: string }) =>
    person.api('POST /emergency-accesses/look-up', { body });
  const review = (person: SignedIn, id: string) =>
    person.api('POST /emergency-accesses/{id}/review', { params: { id } });

  async function openClinic(): Promise<LendingClinic & { rui: string; sol: string }> {
    const clinic = await openLendingClinic(server);
    const more = { lastName: 'de Prado', document: cpf, dateOfBirth: '1980-02-03' };
    const rui = await register(clinic.bruno, 'Rui', more);
    const sol = await register(clinic.bruno, 'Sol');
    return { ...clinic, rui, sol };
  }

  it('opens one client for four hours, told to the owner at once', async () => {
    const { ana, bruno, davi, domain, rui, sol } = await openClinic();
    const found = await lookUp(davi, { document: cpf });
    const owner = { id: bruno.professionalId, name: 'Bruno' };
    expect(found.body.items).toEqual([{ id: rui, initials: 'R. P.', birthYear: 1980, owner }]);
    await expect(card(davi, rui)).rejects.toMatchObject({ status: 404 });

    const { body: access } = await open(davi, rui, 'segredo clínico');
    expect(access).toMatchObject({ client: { id: rui, name: 'Rui de Prado' }, owner, reviewedAt: null });
    expect(Date.parse(access.expiresAt) - Date.parse(access.openedAt)).toBe(4 * 3_600_000);
    expect((await card(davi, rui)).body.notes).toBe('notas de Rui');
    expect(await listed(davi)).toEqual(['Rui']);
    await expect(card(davi, sol)).rejects.toMatchObject({ status: 404 });
    await expect(open(davi, rui)).rejects.toMatchObject({ status: 409, problem: { code: 'client_in_reach' } });

    const told = async () =>
      (await listMails(server)).find(({ to, subject }) => to === `bruno@${domain}` && subject.includes('emergência'));
    await expect.poll(told, { timeout: 10_000 }).toBeDefined();
    const mail = JSON.stringify(await told());
    expect(mail).toContain('Davi');
    expect(mail).not.toMatch(/Rui|Prado|segredo/);

    const { body: views } = await ana.api('GET /clients/{id}/viewers', { params: { id: rui } });
    expect(views.items.map(({ action, capacity }) => [action, capacity])).toEqual([
      ['client_read', 'emergency'],
      ['emergency_opened', 'emergency'],
      ['emergency_looked_up', 'professional'],
    ]);
    expect(JSON.stringify((await ana.api('GET /audit')).body)).not.toContain('segredo');

    await server.db.system((tx) =>
      tx.run(sql`update emergency_accesses set expires_at = now() where id = ${access.id}`),
    );
    await expect(card(davi, rui)).rejects.toMatchObject({ status: 404 });
    const { body: own } = await davi.api('GET /emergency-accesses');
    expect(own.items).toMatchObject([{ id: access.id, client: { name: null } }]);
  });

  it('stays open until an administrator other than its user reviews it', async () => {
    const { ana, bruno, davi, eva, rui } = await openClinic();
    const { body: access } = await open(davi, rui);
    const openOnes = async (person: SignedIn) =>
      (await person.api('GET /emergency-accesses', { query: { state: 'open' } })).body.items.map(({ id }) => id);
    for (const person of [ana, bruno, davi]) expect(await openOnes(person)).toEqual([access.id]);
    expect(await openOnes(eva)).toEqual([]);
    for (const person of [bruno, davi]) await expect(review(person, access.id)).rejects.toMatchObject({ status: 403 });
    await server.db.system((tx) =>
      tx.run(sql`update professionals set role = 'administrator' where id = ${davi.professionalId}`),
    );
    await expect(review(davi, access.id)).rejects.toMatchObject({ status: 403, problem: { code: 'own_rights' } });
    expect((await review(ana, access.id)).body).toMatchObject({ reviewedBy: { name: 'Ana' } });
    expect(await openOnes(ana)).toEqual([]);
  });

  it('is seen by who used it, the owner and administrators, also when the code asks for all of them', async () => {
    const { ana, bruno, davi, eva, carla, rui } = await openClinic();
    const { body: access } = await open(davi, rui);
    const stored = (
      person: SignedIn,
      role: 'administrator' | 'professional' | 'reception',
      emergencies: string[] = [],
    ) =>
      server.db.read({ ...person, role, emergencies }, (tx) =>
        tx.run(sql<{ id: string }>`select id from emergency_accesses`),
      );
    expect(await stored(ana, 'administrator')).toEqual([{ id: access.id }]);
    expect(await stored(bruno, 'professional')).toEqual([{ id: access.id }]);
    expect(await stored(davi, 'professional', [rui])).toEqual([{ id: access.id }]);
    expect(await stored(eva, 'professional')).toEqual([]);
    expect(await stored(carla, 'reception')).toEqual([]);
  });

  it('is found by whole numbers alone, ten times an hour, and every attempt is in the trail', async () => {
    const { ana, davi, carla, rui } = await openClinic();
    for (const body of [{ document: '529' }, { phone: '11' }, {}, { document: cpf, phone: '11987654321' }])
      await expect(lookUp(davi, body)).rejects.toMatchObject({ status: 422 });
    await expect(lookUp(carla, { document: cpf })).rejects.toMatchObject({ status: 403 });
    for (let turn = 0; turn < 9; turn++) expect((await lookUp(davi, { phone: '11900000000' })).body.items).toEqual([]);
    expect((await lookUp(davi, { document: cpf })).body.items).toHaveLength(1);
    await expect(lookUp(davi, { document: cpf })).rejects.toMatchObject({ status: 429 });
    const { body } = await ana.api('GET /audit', { query: { action: 'emergency_looked_up' } });
    expect(body.items).toHaveLength(10);
    expect(body.items.map(({ recordId }) => recordId)).toContain(rui);
    expect(JSON.stringify(body)).not.toContain('52998224725');
  });
});
