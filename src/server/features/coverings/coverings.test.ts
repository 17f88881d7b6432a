import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  daysFromNow,
  type LendingClinic,
  listed,
  openLendingClinic,
  register,
} from '../../../../tests/support/lending.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { sql } from '../../db/sql.ts';

describe('coverings', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ MAX_ACTIVE_DEVICE_SESSIONS: '1000' });
  });
  afterAll(() => server.stop());

  const cover = (
    by: SignedIn,
    {
      absent,
      covering,
      ...more
    }: { absent: SignedIn; covering: SignedIn; clientIds?: string[]; from?: string; to?: string },
  ) =>
    by.api('POST /coverings', {
      body: {
        ...{ absentId: absent.professionalId, coveringId: covering.professionalId, reason: 'férias' },
        ...{ from: daysFromNow(-1), to: daysFromNow(5) },
        ...more,
      },
    });

  const card = (person: SignedIn, id: string) => person.api('GET /clients/{id}', { params: { id } });
  const book = (by: SignedIn, professional: SignedIn, clientId: string, startAt: string) =>
    by.api('POST /appointments', { body: { clientId, professionalId: professional.professionalId, startAt } });
  const agenda = async (person: SignedIn) => {
    const { body } = await person.api('GET /appointments', { query: { from: '2040-01-01', to: '2040-12-31' } });
    return body.items.map(({ clientName }) => clientName);
  };

  async function openClinic(): Promise<LendingClinic & { rui: string; sol: string; tia: string }> {
    const clinic = await openLendingClinic(server);
    const rui = await register(clinic.bruno, 'Rui', { address: { city: 'Santos' } });
    const sol = await register(clinic.bruno, 'Sol');
    const tia = await register(clinic.davi, 'Tia');
    return { ...clinic, rui, sol, tia };
  }

  it('lend all clients and the agenda, like to the owner, for as long as they hold', async () => {
    const { bruno, davi, eva, rui } = await openClinic();
    await book(bruno, bruno, rui, '2040-01-02T12:00:00Z');
    expect(await listed(davi)).toEqual(['Tia']);
    const { body: covering } = await cover(bruno, { absent: bruno, covering: davi });
    expect(covering).toMatchObject({ state: 'running', clients: null, absent: { name: 'Bruno' } });

    expect(await listed(davi)).toEqual(['Rui', 'Sol', 'Tia']);
    expect(await listed(davi, { q: 'rui' })).toEqual(['Rui']);
    expect(await listed(davi, { city: 'Santos' })).toEqual(['Rui']);
    expect(await listed(davi, { professionalId: bruno.professionalId })).toEqual(['Rui', 'Sol']);
    expect(await listed(davi, { sort: '-createdAt' })).toEqual(['Tia', 'Sol', 'Rui']);
    expect((await davi.api('GET /clients')).body.total).toEqual({ value: 3, relation: 'eq' });
    const first = await davi.api('GET /clients', { query: { limit: 2 } });
    const second = await davi.api('GET /clients', { query: { limit: 2, cursor: first.body.nextCursor ?? '' } });
    expect(second.body.items.map(({ firstName }) => firstName)).toEqual(['Tia']);

    expect((await card(davi, rui)).body.notes).toBe('notas de Rui');
    const changed = await davi.api('PATCH /clients/{id}', {
      ...{ params: { id: rui }, body: { notes: 'visto por Davi' }, headers: { 'if-match': '*' } },
    });
    expect(changed.body.notes).toBe('visto por Davi');
    expect(await agenda(davi)).toEqual(['Rui']);
    await book(davi, bruno, rui, '2040-01-03T12:00:00Z');
    expect(await agenda(bruno)).toEqual(['Rui', 'Rui']);
    // What is lent is not given: nobody takes it out of the clinic.
    const csv = await fetch(`${server.address}/api/v1/clients/export.csv`, {
      headers: { authorization: `Bearer ${davi.accessToken}` },
    });
    expect(await csv.text()).not.toContain('Rui');
    await expect(davi.api('GET /clients/{id}/data-export', { params: { id: rui } })).rejects.toMatchObject({
      status: 404,
    });
    expect(await listed(eva)).toEqual([]);
    expect((await davi.api('GET /me')).body.covered).toEqual([bruno.professionalId]);

    await server.db.system((tx) => tx.run(sql`update coverings set until_at = now() where id = ${covering.id}`));
    await expect(card(davi, rui)).rejects.toMatchObject({ status: 404 });
    expect(await listed(davi)).toEqual(['Tia']);
    expect(await agenda(davi)).toEqual([]);
    await expect(book(davi, bruno, rui, '2040-01-04T12:00:00Z')).rejects.toMatchObject({ status: 403 });
  });

  it('give nothing away: what is lent is neither taken over nor merged into one’s own', async () => {
    const { bruno, davi, rui, tia } = await openClinic();
    await cover(bruno, { absent: bruno, covering: davi });
    const professionalId = davi.professionalId;
    await expect(
      davi.api('PATCH /clients/{id}', { params: { id: rui }, body: { professionalId }, headers: { 'if-match': '*' } }),
    ).rejects.toMatchObject({ status: 403 });
    const several = await davi.api('POST /clients/several', { body: { ids: [rui, tia], change: { professionalId } } });
    expect(several.body).toMatchObject({ changed: 0 });
    await expect(
      davi.api('POST /duplicates/merge', {
        body: { winnerId: tia, loserId: rui, winnerEtag: '*', loserEtag: '*' },
      }),
    ).rejects.toMatchObject({ status: 403 });
    expect((await card(bruno, rui)).body.professionalId).toBe(bruno.professionalId);
  });

  it('lend named clients alone, with their appointments', async () => {
    const { bruno, davi, rui, sol } = await openClinic();
    await book(bruno, bruno, rui, '2040-01-02T12:00:00Z');
    await book(bruno, bruno, sol, '2040-01-02T13:00:00Z');
    const { body } = await cover(bruno, { absent: bruno, covering: davi, clientIds: [rui] });
    expect(body).toMatchObject({ clientCount: 1, clients: [{ id: rui, name: 'Rui' }] });
    expect(await listed(davi)).toEqual(['Rui', 'Tia']);
    expect((await davi.api('GET /clients')).body.total.value).toBe(2);
    expect(await listed(davi, { professionalId: bruno.professionalId })).toEqual(['Rui']);
    expect(await listed(davi, { q: 'sol' })).toEqual([]);
    await expect(card(davi, sol)).rejects.toMatchObject({ status: 404 });
    expect((await card(davi, rui)).body.notes).toBe('notas de Rui');
    expect(await agenda(davi)).toEqual(['Rui']);
    await book(davi, bruno, rui, '2040-01-05T12:00:00Z');
    await expect(book(davi, bruno, sol, '2040-01-06T12:00:00Z')).rejects.toMatchObject({ status: 403 });
  });

  it('lend named clients with what belongs to their appointments: moving them, links and series', async () => {
    const { bruno, davi, rui, tia } = await openClinic();
    const { professionalId } = bruno;
    const { body: booked } = await book(bruno, bruno, rui, '2040-01-02T12:00:00Z');
    const { body: made } = await bruno.api('POST /series', {
      body: {
        ...{ clientId: rui, professionalId, visitType: 'retorno', localStart: '2040-02-06T10:00' },
        rule: { every: 1, unit: 'week', count: 2 },
      },
    });
    if (!('id' in made)) throw new Error('nothing was booked');
    await cover(bruno, { absent: bruno, covering: davi, clientIds: [rui] });
    const change = (body: object) =>
      davi.api('PATCH /appointments/{id}', { params: { id: booked.id }, body, headers: { 'if-match': '*' } });
    const moved = await change({ professionalId, startAt: '2040-01-03T13:00:00Z' });
    expect(moved.body).toMatchObject({ professionalId, startAt: '2040-01-03T13:00:00.000Z' });
    const params = { id: booked.id };
    const link = await davi.api('POST /appointments/{id}/confirmation-link', { params });
    expect(link.body.firstName).toBe('Rui');
    expect((await davi.api('DELETE /appointments/{id}/confirmation-link', { params })).status).toBe(204);
    const { body: series } = await davi.api('PATCH /series/{id}', {
      ...{ params: { id: made.id }, headers: { 'if-match': '*' } },
      body: { scope: 'all', appointmentId: made.appointments[0]?.id ?? '', professionalId, title: 'Por Davi' },
    });
    expect(series.appointments.map(({ title }) => title)).toEqual(['Por Davi', 'Por Davi']);

    // Nothing else of that agenda: neither another client in it, nor this one in another agenda.
    await expect(change({ clientId: tia })).rejects.toMatchObject({ status: 403 });
    await expect(change({ professionalId: davi.professionalId, clientId: tia })).resolves.toMatchObject({
      status: 200,
    });
  });

  it('are ended early by either side, with the next request, and stay in the list', async () => {
    const { bruno, davi, rui } = await openClinic();
    const { body } = await cover(bruno, { absent: bruno, covering: davi });
    expect((await card(davi, rui)).status).toBe(200);
    await davi.api('DELETE /coverings/{id}', { params: { id: body.id } });
    await expect(card(davi, rui)).rejects.toMatchObject({ status: 404 });
    const again = await bruno.api('DELETE /coverings/{id}', { params: { id: body.id } });
    expect(again.status).toBe(204);
    const { body: list } = await bruno.api('GET /coverings');
    expect(list.items).toMatchObject([{ id: body.id, state: 'over', endedBy: { name: 'Davi' } }]);
  });

  it('are seen by both sides, administrators and reception, also when the code asks for all of them', async () => {
    const { ana, bruno, carla, davi, eva } = await openClinic();
    const { body } = await cover(ana, { absent: bruno, covering: davi });
    for (const person of [ana, bruno, carla, davi])
      expect((await person.api('GET /coverings')).body.items.map(({ id }) => id)).toEqual([body.id]);
    expect((await eva.api('GET /coverings')).body.items).toEqual([]);
    await expect(eva.api('DELETE /coverings/{id}', { params: { id: body.id } })).rejects.toMatchObject({ status: 404 });

    // Row-level security alone: a statement without any condition.
    const stored = (person: SignedIn, role: 'administrator' | 'professional' | 'reception') =>
      server.db.read({ ...person, role, ...(person === davi ? { covered: [bruno.professionalId] } : {}) }, (tx) =>
        tx.run(sql<{ id: string }>`select id from coverings`),
      );
    expect(await stored(bruno, 'professional')).toEqual([{ id: body.id }]);
    expect(await stored(davi, 'professional')).toEqual([{ id: body.id }]);
    expect(await stored(carla, 'reception')).toEqual([{ id: body.id }]);
    expect(await stored(eva, 'professional')).toEqual([]);
  });

  it('are given by the owner or an administrator, of thirty days at most, and only of one’s own clients', async () => {
    const { ana, bruno, carla, davi, eva, tia } = await openClinic();
    const refused = (call: Promise<unknown>) =>
      call.then(
        () => 'allowed',
        (error: unknown) => error,
      );
    expect(await refused(cover(davi, { absent: bruno, covering: davi }))).toMatchObject({ status: 403 });
    expect(await refused(cover(carla, { absent: bruno, covering: davi }))).toMatchObject({ status: 403 });
    const problem = (path: string, code: string) => ({ status: 422, problem: { errors: [{ path, code }] } });
    expect(await refused(cover(bruno, { absent: bruno, covering: davi, clientIds: [tia] }))).toMatchObject(
      problem('clientIds', 'invalid_value'),
    );
    expect(await refused(cover(bruno, { absent: bruno, covering: bruno }))).toMatchObject(
      problem('coveringId', 'invalid_value'),
    );
    expect(await refused(cover(ana, { absent: bruno, covering: carla }))).toMatchObject(
      problem('coveringId', 'professional_not_found'),
    );
    const span = (from: string, to: string) => cover(ana, { absent: bruno, covering: eva, from, to });
    expect(await refused(span('2040-01-01', '2040-01-31'))).toMatchObject(problem('to', 'covering_too_long'));
    expect(await refused(span('2040-01-02', '2040-01-01'))).toMatchObject(problem('to', 'ends_before_start'));
    expect(await refused(span(daysFromNow(-3), daysFromNow(-2)))).toMatchObject(problem('to', 'already_over'));
    const { body } = await span('2040-01-01', '2040-01-30');
    expect(body).toMatchObject({ state: 'planned', from: '2040-01-01T03:00:00.000Z', to: '2040-01-31T03:00:00.000Z' });
    expect(await listed(eva)).toEqual([]);
  });

  it('lend what was written in treatment only to those with clinical access', async () => {
    const { ana, bruno, davi, rui } = await openClinic();
    await ana.api('PATCH /professionals/{id}', {
      ...{ params: { id: davi.professionalId }, body: { clinicalAccess: false }, headers: { 'if-match': '*' } },
    });
    await cover(bruno, { absent: bruno, covering: davi });
    expect((await card(davi, rui)).body).toMatchObject({ firstName: 'Rui' });
    expect((await card(davi, rui)).body).not.toHaveProperty('notes');
  });

  it('say in which capacity somebody looked', async () => {
    const { ana, bruno, davi, rui } = await openClinic();
    const { body } = await cover(bruno, { absent: bruno, covering: davi });
    for (const person of [bruno, davi, ana]) await card(person, rui);
    const { body: views } = await ana.api('GET /clients/{id}/viewers', { params: { id: rui } });
    expect(views.items.map(({ professional, capacity }) => [professional?.name, capacity])).toEqual([
      ['Ana', 'administrator'],
      ['Davi', 'covering'],
      ['Bruno', 'owner'],
    ]);
    const { body: trail } = await ana.api('GET /audit', { query: { action: 'covering_created', recordId: body.id } });
    expect(trail.items[0]?.details.changes).toEqual([
      { field: 'absentId', from: null, to: bruno.professionalId },
      { field: 'coveringId', from: null, to: davi.professionalId },
      { field: 'clients', from: null, to: 'all' },
      { field: 'from', from: null, to: body.from },
      { field: 'to', from: null, to: body.to },
    ]);
    expect(JSON.stringify(trail)).not.toContain('férias');
  });

  it('follow a client who is merged into another one, and end with a client who goes to somebody else', async () => {
    const { ana, bruno, davi, eva, rui, sol } = await openClinic();
    await cover(bruno, { absent: bruno, covering: davi, clientIds: [rui] });
    await bruno.api('POST /duplicates/merge', {
      body: { winnerId: sol, loserId: rui, winnerEtag: '*', loserEtag: '*' },
    });
    expect((await card(davi, sol)).status).toBe(200);
    await ana.api('PATCH /clients/{id}', {
      ...{ params: { id: sol }, body: { professionalId: eva.professionalId }, headers: { 'if-match': '*' } },
    });
    await expect(card(davi, sol)).rejects.toMatchObject({ status: 404 });
  });

  it('end when one of the two leaves the clinic', async () => {
    const { ana, bruno, davi, eva } = await openClinic();
    await cover(bruno, { absent: bruno, covering: davi });
    await ana.api('POST /professionals/{id}/deactivate', {
      ...{ params: { id: bruno.professionalId }, body: { reason: 'saiu', transferTo: eva.professionalId } },
    });
    expect(await listed(davi)).toEqual(['Tia']);
    expect((await ana.api('GET /coverings')).body.items).toMatchObject([{ state: 'over', endedBy: { name: 'Ana' } }]);
  });
});

describe('what professionals see', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ MAX_ACTIVE_DEVICE_SESSIONS: '1000' });
  });
  afterAll(() => server.stop());

  it('is their own or the whole clinic, as the clinic decides, with the next request', async () => {
    const { ana, bruno, davi } = await openLendingClinic(server);
    const rui = await register(bruno, 'Rui', { phone: '11987654321' });
    const decide = (professionalsSee: 'own' | 'all') =>
      ana.api('PATCH /clinic', { body: { professionalsSee }, headers: { 'if-match': '*' } });
    expect((await ana.api('GET /clinic')).body.professionalsSee).toBe('own');
    expect(await listed(davi)).toEqual([]);
    await decide('all');
    expect(await listed(davi)).toEqual(['Rui']);
    const { body } = await davi.api('GET /clients/{id}', { params: { id: rui } });
    expect(body.notes).toBe('notas de Rui');
    // The other client is named to those who see it.
    await expect(register(davi, 'Outro', { phone: '11987654321' })).rejects.toMatchObject({
      status: 409,
      problem: { client: { name: 'Rui' } },
    });
    await decide('own');
    expect(await listed(davi)).toEqual([]);
    await expect(davi.api('GET /clients/{id}', { params: { id: rui } })).rejects.toMatchObject({ status: 404 });
    await expect(register(davi, 'Outro', { phone: '11987654321' })).rejects.toMatchObject({
      problem: expect.not.objectContaining({ client: expect.anything() as unknown }) as unknown,
    });
    const { body: trail } = await ana.api('GET /audit', { query: { action: 'clinic_changed' } });
    expect(trail.items.map(({ details }) => details.changes)).toEqual([
      [{ field: 'professionalsSee', from: 'all', to: 'own' }],
      [{ field: 'professionalsSee', from: 'own', to: 'all' }],
    ]);
    const { body: views } = await ana.api('GET /clients/{id}/viewers', { params: { id: rui } });
    expect(views.items.map(({ capacity }) => capacity)).toEqual(['clinic']);
  });
});
