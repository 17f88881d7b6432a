import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { daysFromNow, type LendingClinic, openLendingClinic, register } from '../../../tests/support/lending.ts';
import { insertAppointment } from '../../../tests/support/planned-appointments.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import type { Standing } from '../../shared/permissions.ts';
import { sql } from './sql.ts';

/** Statements without any condition, as if the code had forgotten whose they may show. */
describe('row-level security keeps persons apart', () => {
  let server: TestServer;
  let clinic: LendingClinic;
  let [mine, theirs] = ['', ''];

  beforeAll(async () => {
    server = await startTestServer({ MAX_ACTIVE_DEVICE_SESSIONS: '1000' });
    clinic = await openLendingClinic(server);
    const { ana, bruno, davi } = clinic;
    [mine, theirs] = [await register(bruno, 'Rui'), await register(davi, 'Tia')];
    const text = { purpose: 'images', title: 'Uso de imagem', body: 'Autorizo.' } as const;
    const { id: textId } = (await ana.api('POST /consent-texts', { body: text })).body;
    for (const id of [mine, theirs]) {
      const given = { textId, decision: 'given', by: 'client', means: 'paper' } as const;
      const { body: consent } = await ana.api('POST /clients/{id}/consents', { params: { id }, body: given });
      const params = { id: consent.id };
      await ana.api('POST /consents/{id}/withdraw', { params, body: { by: 'client', means: 'verbal' } });
      const request = { clientId: id, kind: 'access', identifiedBy: 'document' } as const;
      await ana.api('POST /data-requests', { body: request });
      await ana.api('POST /clients/{id}/copies', { params: { id }, body: {} });
    }
    const span = { from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' };
    const incident = { ...span, accountId: ana.professionalId, description: 'Celular perdido' };
    await ana.api('POST /incidents', { body: incident });
  });
  afterAll(() => server.stop());

  type Kept = Record<'consents' | 'withdrawals' | 'requests' | 'incidents' | 'copies', number>;

  /** How many rows somebody reaches of each table. */
  const reach = async (person: SignedIn, standing: Partial<Standing> & Pick<Standing, 'role'>): Promise<Kept> => {
    const [row] = await server.db.read({ ...person, ...standing }, (tx) =>
      tx.run(
        sql<Kept>`select (select count(*)::int from consents) as consents,
          (select count(*)::int from consent_withdrawals) as withdrawals,
          (select count(*)::int from data_requests) as requests,
          (select count(*)::int from incidents) as incidents,
          (select count(*)::int from client_copy_parts) as copies`,
      ),
    );
    if (row === undefined) throw new Error('no answer');
    return row;
  };
  const rows = (consents: number, more: Partial<Kept> = {}): Kept => ({
    ...{ consents, withdrawals: consents, requests: consents, incidents: 0, copies: 0 },
    ...more,
  });

  it('by role, and by whose client it is', async () => {
    const { ana, bruno, carla, eva } = clinic;
    const countParts = async () => (await server.db.system((tx) => tx.run(sql`select from client_copy_parts`))).length;
    await expect.poll(countParts, { timeout: 30_000 }).toBe(2);
    expect(await reach(ana, { role: 'administrator' })).toEqual(rows(2, { incidents: 1, copies: 2 }));
    expect(await reach(carla, { role: 'reception' })).toEqual(rows(2, { requests: 0 }));
    expect(await reach(bruno, { role: 'professional' })).toEqual(rows(1));
    expect(await reach(eva, { role: 'professional' })).toEqual(rows(0));
    const found = await server.db.read({ ...bruno, role: 'professional' }, (tx) =>
      tx.run(sql<{ client_id: string }>`select client_id from consents`),
    );
    expect(found).toEqual([{ client_id: mine }]);
  });

  it('for as long as somebody covers, opened in an emergency, or sees the whole clinic', async () => {
    const { ana, bruno, davi, eva } = clinic;
    const lend = { absentId: bruno.professionalId, coveringId: eva.professionalId, reason: 'férias' };
    const span = { from: daysFromNow(-1), to: daysFromNow(5) };
    const { body: all } = await bruno.api('POST /coverings', { body: { ...lend, ...span } });
    expect(await reach(eva, { role: 'professional', covered: [bruno.professionalId] })).toEqual(rows(1));
    await bruno.api('DELETE /coverings/{id}', { params: { id: all.id } });
    expect(await reach(eva, { role: 'professional' })).toEqual(rows(0));

    const named = { ...lend, ...span, clientIds: [mine] };
    const { body: one } = await bruno.api('POST /coverings', { body: named });
    const inPart = { coveredClients: [mine], coveredInPart: [bruno.professionalId] };
    expect(await reach(eva, { role: 'professional', ...inPart })).toEqual(rows(1));
    await bruno.api('DELETE /coverings/{id}', { params: { id: one.id } });

    await eva.api('POST /clients/{id}/emergency-access', { params: { id: theirs }, body: { reason: 'desmaio' } });
    expect(await reach(eva, { role: 'professional', emergencies: [theirs] })).toEqual(rows(1));
    await server.db.system((tx) =>
      tx.run(sql`update emergency_accesses set expires_at = now() where client_id = ${theirs}`),
    );
    expect(await reach(eva, { role: 'professional' })).toEqual(rows(0));

    await ana.api('PATCH /clinic', { headers: { 'if-match': '*' }, body: { professionalsSee: 'all' } });
    expect(await reach(davi, { role: 'professional', seesClinic: true })).toEqual(rows(2));
    await ana.api('PATCH /clinic', { headers: { 'if-match': '*' }, body: { professionalsSee: 'own' } });
  });

  it('for whoever has an appointment with a client, so that a refusal of messages is known', async () => {
    const { ana, eva } = clinic;
    const text = { purpose: 'messages', title: 'Mensagens', body: 'Aceito.' } as const;
    const { id: textId } = (await ana.api('POST /consent-texts', { body: text })).body;
    const body = { textId, decision: 'refused', by: 'client', means: 'verbal' } as const;
    await ana.api('POST /clients/{id}/consents', { params: { id: mine }, body });
    const id = await insertAppointment(server, eva, { inMinutes: 600, client_id: mine });
    const link = eva.api('POST /appointments/{id}/confirmation-link', { params: { id } });
    await expect(link).rejects.toMatchObject({ problem: { code: 'messages_refused' } });
  });

  it('of merged records, to whose client they are one', async () => {
    const { ana, bruno } = clinic;
    await ana.api('POST /duplicates/merge', {
      body: { winnerId: mine, loserId: theirs, winnerEtag: '*', loserEtag: '*', fields: {} },
    });
    expect((await bruno.api('GET /clients/{id}/consents', { params: { id: mine } })).body.items).toHaveLength(3);
  });
});
