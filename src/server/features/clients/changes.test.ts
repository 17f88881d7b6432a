import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import type { Client, ClientInput } from '../../../shared/contracts/clients.ts';

const everything = {
  firstName: 'Conceição',
  lastName: 'Gonçalves d’Ávila',
  socialName: 'Ção',
  email: 'Conceicao@Exemplo.com.br',
  phone: '+5511987654321',
  secondaryPhone: '+551132345678',
  document: '52998224725',
  rg: '12.345.678-9',
  dateOfBirth: '1984-02-29',
  sex: 'feminino',
  maritalStatus: 'união estável',
  nationality: 'brasileira',
  profession: 'Ceramista',
  address: {
    postalCode: '01310100',
    street: 'Av. Paulista',
    number: 's/n',
    complement: 'fundos',
    neighborhood: 'Bela Vista',
    city: 'São Paulo',
    state: 'SP',
  },
  guardian: { name: 'João Gonçalves', phone: '+5511912345678', document: '12ABC34501DE35' },
  healthInsurance: { plan: 'Plano “Ouro”', number: '0001-X' },
  tags: ['pilates', 'às terças'],
  referral: 'Instagram da clínica',
  notes: 'Primeira linha\n\tsegunda linha',
  extra: { 'Como chegou': 'indicação', constructor: 'x' },
} satisfies ClientInput;

describe('registering and changing a client', () => {
  let server: TestServer;
  let ana: SignedIn;
  let bruno: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('cadastro.test');
    [ana, bruno] = await Promise.all([server.signIn('ana@cadastro.test'), server.signIn('bruno@cadastro.test')]);
  });
  afterAll(() => server.stop());

  const register = async (body: ClientInput): Promise<Client> => (await bruno.api('POST /clients', { body })).body;
  const open = (id: string) => bruno.api('GET /clients/{id}', { params: { id } });
  const change = (id: string, body: Partial<ClientInput>, ifMatch = '*', who = bruno) =>
    who.api('PATCH /clients/{id}', { params: { id }, headers: { 'if-match': ifMatch }, body });
  const archive = (id: string, ifMatch = '*') =>
    bruno.api('DELETE /clients/{id}', { params: { id }, headers: { 'if-match': ifMatch } });
  const restore = (id: string) => bruno.api('POST /clients/{id}/restore', { params: { id } });
  const history = async (id: string) =>
    (await bruno.api('GET /clients/{id}/history', { params: { id } })).body.items.map(
      ({ version, action, changes }) => ({
        version,
        action,
        changes,
      }),
    );

  it('keeps every field as it was sent', async () => {
    const created = await bruno.api('POST /clients', { body: everything });
    expect(created.status).toBe(201);
    expect(created.etag).toBe('"1"');
    expect(created.headers.get('location')).toBe(`/api/v1/clients/${created.body.id}`);
    expect(created.body).toEqual({
      ...everything,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/) as string,
      professionalId: bruno.professionalId,
      sharedPhone: false,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      updatedAt: created.body.createdAt,
      archivedAt: null,
      mergedInto: null,
      anonymous: false,
    });
    const opened = await open(created.body.id);
    expect(opened.body).toEqual(created.body);
    expect(opened.etag).toBe('"1"');
    expect(opened.headers.get('cache-control')).toBe('no-store');
  });

  it('takes a first name alone; what was left out is null', async () => {
    const { tags, extra, ...rest } = await register({ firstName: 'Só' });
    expect({ tags, extra }).toEqual({ tags: [], extra: {} });
    const left = Object.entries({ ...rest, ...rest.address, ...rest.guardian, ...rest.healthInsurance });
    expect(left.filter(([, value]) => value === null).map(([field]) => field)).toHaveLength(25);
  });

  it('brings what is typed into its one spelling', async () => {
    const client = await register({
      firstName: 'João',
      phone: '(0xx21) 3456-7890',
      document: '12.abc.345/01de-35',
      address: { postalCode: '01310-100' },
      tags: ['a', 'b', 'a'],
      extra: { kept: '1', dropped: null },
    });
    expect(client).toMatchObject({
      phone: '+552134567890',
      document: '12ABC34501DE35',
      address: { postalCode: '01310100' },
      tags: ['a', 'b'],
      extra: { kept: '1' },
    });
  });

  it('merges a change: absent stays, null clears, nested objects merge (RFC 7396)', async () => {
    const { id } = await register({ ...everything, phone: null, document: null });
    const first = await change(id, {
      address: { city: 'Campinas', complement: null },
      guardian: null,
      extra: { novo: 'sim' },
    });
    expect(first.etag).toBe('"2"');
    expect(first.body).toMatchObject({
      ...everything,
      phone: null,
      document: null,
      address: { ...everything.address, city: 'Campinas', complement: null },
      guardian: { name: null, phone: null, document: null },
      extra: { ...everything.extra, novo: 'sim' },
    });
    const second = await change(id, {
      extra: { 'Como chegou': null, novo: null },
      tags: [],
      notes: null,
      address: null,
    });
    expect(second.body).toMatchObject({
      tags: [],
      notes: null,
      extra: { constructor: 'x' },
      healthInsurance: everything.healthInsurance,
    });
    expect(new Set(Object.values(second.body.address))).toEqual(new Set([null]));
    expect((await change(id, { extra: null })).body.extra).toEqual({});
  });

  it('writes nothing down when nothing changed', async () => {
    const client = await register({ firstName: 'Igual', tags: ['a'], extra: { b: '1', a: '2' } });
    const again = await change(client.id, {
      firstName: 'Igual',
      tags: ['a'],
      extra: { a: '2' },
      notes: null,
      address: {},
    });
    expect(again.etag).toBe('"1"');
    expect(again.body).toEqual(client);
    expect(await history(client.id)).toEqual([{ version: 1, action: 'create', changes: [] }]);
  });

  it('needs to know which version is being changed', async () => {
    const { id } = await register({ firstName: 'Versão' });
    for (const call of [
      () => bruno.api('PATCH /clients/{id}', { params: { id }, body: { rg: '1' } }),
      () => bruno.api('DELETE /clients/{id}', { params: { id } }),
    ])
      await expect(call()).rejects.toMatchObject({ problem: { status: 428, code: 'precondition_required' } });
    for (const tag of ['"0"', '"2"', 'W/"2"', '1', '""', '"1', 'x'])
      await expect(change(id, { rg: '1' }, tag), tag).rejects.toMatchObject({
        problem: { status: 412, code: 'stale' },
      });
    await expect(archive(id, '"2"')).rejects.toMatchObject({ problem: { status: 412 } });
    expect((await change(id, { rg: '1' }, '"9", "1"')).etag).toBe('"2"');
    // The tag as compressing proxies change it.
    expect((await change(id, { rg: '2' }, 'W/"2"')).etag).toBe('"3"');
    expect((await change(id, { rg: '3' }, '*')).etag).toBe('"4"');
    expect((await archive(id, '"4"')).status).toBe(204);
  });

  it('lets one of two changes through that saw the same version', async () => {
    const { id } = await register({ firstName: 'Corrida' });
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        change(id, { rg: String(n) }, '"1"').then(
          ({ status }) => status,
          (error: unknown) => (error as { status: number }).status,
        ),
      ),
    );
    expect(outcomes.sort()).toEqual([200, ...Array<number>(7).fill(412)]);
  });

  it('archives and restores without losing anything, and does neither twice', async () => {
    const before = await register({ ...everything, phone: null, document: null });
    expect((await archive(before.id)).body).toBeUndefined();
    const archived = await open(before.id);
    expect(archived.etag).toBe('"2"');
    expect(archived.body).toEqual({
      ...before,
      updatedAt: archived.body.updatedAt,
      archivedAt: expect.stringMatching(/Z$/) as string,
    });
    await archive(before.id);
    expect((await open(before.id)).etag).toBe('"2"');
    const restored = await restore(before.id);
    expect(restored.etag).toBe('"3"');
    expect(restored.body).toEqual({ ...before, updatedAt: restored.body.updatedAt });
    expect((await restore(before.id)).etag).toBe('"3"');
  });

  it('tells what changed, when and by whom, newest first', async () => {
    const { id } = await register({ firstName: 'História', notes: 'antes' });
    await change(id, { notes: 'depois', address: { city: 'Osasco' } });
    await change(id, { lastName: 'Nova' }, '*', ana);
    await archive(id);
    await restore(id);
    expect(await history(id)).toEqual([
      { version: 5, action: 'restore', changes: [] },
      { version: 4, action: 'archive', changes: [] },
      { version: 3, action: 'update', changes: [{ field: 'lastName', from: null, to: 'Nova' }] },
      {
        version: 2,
        action: 'update',
        changes: [
          { field: 'address.city', from: null, to: 'Osasco' },
          { field: 'notes', from: 'antes', to: 'depois' },
        ],
      },
      { version: 1, action: 'create', changes: [] },
    ]);
    const { items } = (await bruno.api('GET /clients/{id}/history', { params: { id } })).body;
    expect(items[2]?.by).toEqual({ id: ana.professionalId, name: 'Ana' });
    expect(items.every(({ at }) => Math.abs(Date.now() - Date.parse(at)) < 60_000)).toBe(true);
  });

  it('moves a client to another professional of the clinic, and to nobody else', async () => {
    const { id } = await register({ firstName: 'Mudança' });
    const to = (professionalId: string, who: SignedIn) => change(id, { professionalId }, '*', who);
    await expect(to(ana.professionalId, bruno)).rejects.toMatchObject({ problem: { code: 'forbidden' } });
    const carla = await server.signIn('carla@cadastro.test');
    for (const nobody of [randomUUID(), carla.professionalId])
      await expect(to(nobody, ana)).rejects.toMatchObject({
        problem: { status: 422, errors: [{ path: 'professionalId', code: 'professional_not_found' }] },
      });
    expect((await to(ana.professionalId, ana)).body.professionalId).toBe(ana.professionalId);
    await expect(open(id)).rejects.toMatchObject({ problem: { code: 'not_found' } });
    expect((await ana.api('GET /clients/{id}/history', { params: { id } })).body.items[0]?.changes).toEqual([
      { field: 'professionalId', from: bruno.professionalId, to: ana.professionalId },
    ]);
  });

  describe('with an Idempotency-Key', () => {
    const registerWith = (key: string, body: ClientInput, who = bruno) =>
      who.api('POST /clients', { body, headers: { 'idempotency-key': key } });

    it('makes one record of twenty requests at once', async () => {
      const key = randomUUID();
      const body = { firstName: 'Única', phone: '(11) 98888-0000' };
      const answers = await Promise.all(Array.from({ length: 20 }, () => registerWith(key, body)));
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
      expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
      expect((await bruno.api('GET /clients', { query: { q: 'unica' } })).body.items).toHaveLength(1);
      expect(await history(answers[0]?.body.id ?? '')).toHaveLength(1);
    });

    it('refuses the key for other data, and lets others use it', async () => {
      const key = 'chave-1';
      const { body } = await registerWith(key, { firstName: 'Primeira' });
      await expect(registerWith(key, { firstName: 'Segunda' })).rejects.toMatchObject({
        problem: { status: 422, code: 'idempotency_key_reused' },
      });
      expect((await registerWith(key, { firstName: 'Primeira' }, ana)).body.id).not.toBe(body.id);
    });

    it('forgets the key of a request that failed', async () => {
      await register({ firstName: 'Dona', phone: '(11) 97777-0000' });
      const key = randomUUID();
      await expect(registerWith(key, { firstName: 'Filha', phone: '(11) 97777-0000' })).rejects.toMatchObject({
        problem: { code: 'duplicate_phone' },
      });
      expect((await registerWith(key, { firstName: 'Filha' })).status).toBe(201);
    });

    it.each(['', ' ', 'a b', 'é', 'x'.repeat(256)])('refuses the key “%s”', async (key) => {
      const response = await fetch(`${server.address}/api/v1/clients`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${bruno.accessToken}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify({ firstName: 'Chave' }),
      });
      expect(response.status).toBe(400);
    });
  });
});
