import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listMails } from '../../../../tests/support/mailbox.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';

describe('professionals', () => {
  let server: TestServer;
  let ana: SignedIn;
  let bruno: SignedIn;

  beforeAll(async () => {
    server = await startTestServer({ PUBLIC_URL: 'https://clinica.example' });
    await server.createClinic('equipe.test');
    ana = await server.signIn('ana@equipe.test');
    bruno = await server.signIn('bruno@equipe.test');
  });
  afterAll(() => server.stop());

  const problem = { status: 0, code: '' };
  const problemOf = (call: Promise<unknown>) =>
    call.then(
      () => problem,
      (error: unknown) => (error as { problem: typeof problem }).problem,
    );

  it('invites a person, who gets a mail and can sign in', async () => {
    const { body } = await ana.api('POST /professionals', {
      body: { email: 'Dora@equipe.test', firstName: 'Dora', lastName: 'Reis', role: 'professional' },
    });
    expect(body).toMatchObject({ email: 'Dora@equipe.test', role: 'professional', active: true });
    const dora = await server.signIn('Dora@equipe.test');
    expect((await dora.api('GET /me')).body.firstName).toBe('Dora');
    // A sign-in code is sent before queued invitations.
    const invitation = async () =>
      (await listMails(server)).find(({ to, code }) => to === 'Dora@equipe.test' && code === null);
    await expect
      .poll(async () => (await invitation())?.subject, { timeout: 10_000 })
      .toBe('Ana convidou você para sua clínica');
    expect((await invitation())?.text).toContain('https://clinica.example/entrar');
  });

  it('refuses an address that has access already, and people who are not administrators', async () => {
    const input = { email: 'BRUNO@equipe.test', firstName: 'B', role: 'reception' } as const;
    expect(await problemOf(ana.api('POST /professionals', { body: input }))).toMatchObject({
      status: 409,
      code: 'duplicate_email',
    });
    expect(
      await problemOf(bruno.api('POST /professionals', { body: { ...input, email: 'x@equipe.test' } })),
    ).toMatchObject({ status: 403 });
  });

  it('invites once however often a request with an Idempotency-Key is sent', async () => {
    const invite = (firstName: string) =>
      ana.api('POST /professionals', {
        headers: { 'idempotency-key': 'convite-1' },
        body: { email: 'gil@equipe.test', firstName, role: 'reception' },
      });
    const answers = await Promise.all(Array.from({ length: 5 }, () => invite('Gil')));
    const [{ body, etag } = { body: undefined }] = answers;
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 201, body, etag });
      expect(answer.headers.get('location')).toBe(`/api/v1/professionals/${body?.id ?? ''}`);
    }
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(await problemOf(invite('Outra'))).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  });

  it('changes a role, felt by the next request of that person', async () => {
    const carla = await server.signIn('carla@equipe.test');
    const params = { id: carla.professionalId };
    const { etag = '' } = await ana.api('GET /professionals/{id}', { params });
    await ana.api('PATCH /professionals/{id}', {
      params,
      headers: { 'if-match': etag },
      body: { role: 'administrator' },
    });
    expect((await carla.api('GET /me')).body.role).toBe('administrator');
    expect(
      (
        await carla.api('POST /professionals', {
          body: { email: 'eva@equipe.test', firstName: 'Eva', role: 'reception' },
        })
      ).status,
    ).toBe(201);
    const again = await ana.api('GET /professionals/{id}', { params });
    await ana.api('PATCH /professionals/{id}', {
      params,
      headers: { 'if-match': again.etag ?? '' },
      body: { role: 'reception' },
    });
    expect(
      await problemOf(
        carla.api('POST /professionals', { body: { email: 'y@equipe.test', firstName: 'Y', role: 'reception' } }),
      ),
    ).toMatchObject({ status: 403 });
  });

  it('keeps the last administrator', async () => {
    const params = { id: ana.professionalId };
    const demotion = ana.api('PATCH /professionals/{id}', {
      params,
      headers: { 'if-match': '*' },
      body: { role: 'reception' },
    });
    expect(await problemOf(demotion)).toMatchObject({ status: 409, code: 'last_administrator' });
    const leaving = ana.api('POST /professionals/{id}/deactivate', { params, body: { reason: 'férias' } });
    expect(await problemOf(leaving)).toMatchObject({ status: 409, code: 'last_administrator' });
  });

  it('deactivates with a reason and a transfer, ending access at once, and gives it back', async () => {
    const { body: client } = await bruno.api('POST /clients', { body: { firstName: 'Helena' } });
    const params = { id: bruno.professionalId };
    const { body } = await ana.api('POST /professionals/{id}/deactivate', {
      params,
      body: { reason: 'Mudou de cidade', transferTo: ana.professionalId },
    });
    expect(body).toMatchObject({ active: false, deactivationReason: 'Mudou de cidade' });
    expect(await problemOf(bruno.api('GET /me'))).toMatchObject({
      status: 401,
      code: 'session_ended',
      reason: 'deactivated',
    });
    const moved = await ana.api('GET /clients/{id}', { params: { id: client.id } });
    expect(moved.body.professionalId).toBe(ana.professionalId);
    expect(moved.etag).toBe('"2"');
    const history = await ana.api('GET /clients/{id}/history', { params: { id: client.id } });
    expect(history.body.items[0]?.changes).toEqual([
      { field: 'professionalId', from: bruno.professionalId, to: ana.professionalId },
    ]);
    await ana.api('POST /professionals/{id}/reactivate', { params });
    expect((await server.signIn('bruno@equipe.test')).professionalId).toBe(bruno.professionalId);
  });

  it('counts the clients before they are handed over, and takes back those that the receiver still has', async () => {
    await server.createClinic('volta.test');
    const [admin, leaving] = await Promise.all([server.signIn('ana@volta.test'), server.signIn('bruno@volta.test')]);
    const ids: string[] = [];
    for (const firstName of ['Um', 'Dois', 'Três'])
      ids.push((await leaving.api('POST /clients', { body: { firstName } })).body.id);
    const [one = '', two = '', three = ''] = ids;
    await leaving.api('DELETE /clients/{id}', { params: { id: two }, headers: { 'if-match': '"1"' } });
    const params = { id: leaving.professionalId };
    const read = async () => (await admin.api('GET /professionals/{id}/hand-over', { params })).body;
    const ownerOf = async (id: string) =>
      (await admin.api('GET /clients/{id}', { params: { id } })).body.professionalId;
    const book = async (clientId: string, localStart: string) =>
      (
        await admin.api('POST /appointments', {
          body: { clientId, professionalId: leaving.professionalId, localStart, visitType: 'consulta' },
        })
      ).body.id;
    const [stays, moves] = [await book(one, '2031-03-03T10:00'), await book(three, '2031-03-03T15:00')];
    expect(await read()).toEqual({
      clients: { active: 2, archived: 1 },
      given: [],
      appointments: { coming: 2, given: 0 },
    });

    const transferTo = admin.professionalId;
    await admin.api('POST /professionals/{id}/deactivate', { params, body: { reason: 'Saiu', transferTo } });
    expect(await read()).toMatchObject({
      clients: { active: 0, archived: 0 },
      given: [{ toId: transferTo, clients: 3 }],
      appointments: { coming: 0, given: 2 },
    });
    // Somebody whom the receiver registers, or gives on, is not part of it.
    const { body: later } = await admin.api('POST /clients', { body: { firstName: 'Depois' } });
    const { body: colleague } = await admin.api('POST /professionals', {
      body: { email: 'dora@volta.test', firstName: 'Dora', role: 'professional' },
    });
    await admin.api('PATCH /clients/{id}', {
      params: { id: three },
      headers: { 'if-match': '"2"' },
      body: { professionalId: colleague.id },
    });
    // What the receiver moved is theirs; what the client confirmed goes back.
    await admin.api('PATCH /appointments/{id}', {
      params: { id: moves },
      headers: { 'if-match': '*' },
      body: { localStart: '2031-03-04T15:00' },
    });
    await admin.api('POST /appointments/{id}/transitions', { params: { id: stays }, body: { to: 'confirmed' } });
    await admin.api('POST /professionals/{id}/reactivate', { params });
    expect((await read()).appointments).toEqual({ coming: 0, given: 1 });
    const taken = await admin.api('POST /professionals/{id}/hand-over/take-back', { params });
    expect(taken.body).toEqual({ returned: 2, kept: 1, appointments: { returned: 1, overlapping: 0 } });
    const appointment = async (id: string) => (await admin.api('GET /appointments/{id}', { params: { id } })).body;
    expect(await appointment(stays)).toMatchObject({ professionalId: leaving.professionalId, status: 'confirmed' });
    expect((await appointment(moves)).professionalId).toBe(admin.professionalId);
    expect(await Promise.all([one, two, three, later.id].map(ownerOf))).toEqual([
      leaving.professionalId,
      leaving.professionalId,
      colleague.id,
      admin.professionalId,
    ]);
    const history = await admin.api('GET /clients/{id}/history', { params: { id: one } });
    expect(history.body.items[0]).toMatchObject({
      version: 3,
      changes: [{ field: 'professionalId', from: admin.professionalId, to: leaving.professionalId }],
    });
    const again = await admin.api('POST /professionals/{id}/hand-over/take-back', { params });
    expect(again.body).toEqual({ returned: 0, kept: 0, appointments: { returned: 0, overlapping: 0 } });
    expect((await read()).given).toEqual([]);
  });

  it('answers for a person of another clinic as for nobody', async () => {
    await server.createClinic('outra.test');
    const other = await server.signIn('ana@outra.test');
    for (const id of [ana.professionalId, '01a20b34-e484-7343-9427-40cb11c9cbf2']) {
      const call = other.api('POST /professionals/{id}/deactivate', { params: { id }, body: { reason: 'x' } });
      expect(await problemOf(call)).toMatchObject({ status: 404, code: 'not_found' });
    }
  });
});
