import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { ApiError } from '../../../shared/api-client.ts';
import type { ClientInput } from '../../../shared/contracts/clients.ts';

const cpfs = ['529.982.247-25', '111.444.777-35', '123.456.789-09', '987.654.321-00', '012.345.678-90'];

describe('phones and documents that are taken', () => {
  let server: TestServer;
  let ana: SignedIn;
  let bruno: SignedIn;
  let carla: SignedIn;
  let number = 0;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('repetido.test');
    await server.createClinic('vizinha.test');
    const people = ['ana@repetido.test', 'bruno@repetido.test', 'carla@repetido.test'] as const;
    [ana, bruno, carla] = (await Promise.all(people.map((email) => server.signIn(email)))) as [
      SignedIn,
      SignedIn,
      SignedIn,
    ];
  });
  afterAll(() => server.stop());

  const newPhone = () => `+55119${String(80_000_000 + (number += 1))}`;
  const newDocument = () => cpfs[number++ % cpfs.length] ?? '';
  const register = async (who: SignedIn, body: ClientInput) => (await who.api('POST /clients', { body })).body;
  const change = async (who: SignedIn, id: string, body: Partial<ClientInput>) =>
    (await who.api('PATCH /clients/{id}', { params: { id }, headers: { 'if-match': '*' }, body })).body;
  const archive = (id: string) => bruno.api('DELETE /clients/{id}', { params: { id }, headers: { 'if-match': '*' } });
  const restore = async (id: string) => (await bruno.api('POST /clients/{id}/restore', { params: { id } })).body;

  async function problemOf(call: Promise<unknown>) {
    const error = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof ApiError)) throw new Error('no problem was answered', { cause: error });
    const { status, code, client } = error.problem;
    return { status, code, client };
  }

  /** Counts successes and lists the codes of failures. */
  async function outcomesOf(calls: Promise<unknown>[]): Promise<Record<string, number>> {
    const outcomes = await Promise.all(
      calls.map((call) =>
        call.then(
          () => 'done',
          (error: unknown) => (error as ApiError).problem.code,
        ),
      ),
    );
    return Object.fromEntries(
      [...Map.groupBy(outcomes, (outcome) => outcome)].map(([key, list]) => [key, list.length]),
    );
  }

  it.each(['phone', 'document'] as const)('names the client who has a %s to those who may see them', async (field) => {
    const taken = field === 'phone' ? newPhone() : newDocument();
    const owner = await register(ana, { firstName: 'Ágata', lastName: 'Dona', [field]: taken });
    const problem = { status: 409, code: `duplicate_${field}` };
    const named = { ...problem, client: { id: owner.id, name: 'Ágata Dona' } };
    const body = { firstName: 'Outra', [field]: taken };
    expect(await problemOf(register(ana, body))).toEqual(named);
    expect(await problemOf(register(carla, { ...body, professionalId: bruno.professionalId }))).toEqual(named);
    expect(await problemOf(register(bruno, body))).toEqual(problem);
    const other = await register(bruno, { firstName: 'Outra' });
    expect(await problemOf(change(ana, other.id, { [field]: taken }))).toEqual(named);
    expect(await problemOf(change(bruno, other.id, { [field]: taken }))).toEqual(problem);
  });

  it('knows a phone and a document in any spelling', async () => {
    await register(bruno, { firstName: 'Um', phone: '(11) 96000-0001', document: '11.222.333/0001-81' });
    expect(await problemOf(register(bruno, { firstName: 'Dois', phone: '011 96000.0001' }))).toMatchObject({
      code: 'duplicate_phone',
    });
    expect(await problemOf(register(bruno, { firstName: 'Dois', document: '11222333000181' }))).toMatchObject({
      code: 'duplicate_document',
    });
  });

  it('leaves other clinics and archived clients out of it', async () => {
    const phone = newPhone();
    const { id } = await register(bruno, { firstName: 'Antiga', phone });
    await archive(id);
    const neighbour = await server.signIn('bruno@vizinha.test');
    await register(neighbour, { firstName: 'Vizinha', phone });
    const next = await register(bruno, { firstName: 'Nova', phone });
    expect(await problemOf(restore(id))).toEqual({
      status: 409,
      code: 'duplicate_phone',
      client: { id: next.id, name: 'Nova' },
    });
    await archive(next.id);
    expect((await restore(id)).archivedAt).toBeNull();
  });

  it('lets a family share a phone on purpose, and keeps asking the next one', async () => {
    const phone = newPhone();
    const mother = await register(bruno, { firstName: 'Mãe', phone });
    const daughter = await register(bruno, { firstName: 'Filha', phone, allowSharedPhone: true });
    expect([mother.sharedPhone, daughter.sharedPhone]).toEqual([false, true]);
    expect(await problemOf(register(bruno, { firstName: 'Filho', phone }))).toMatchObject({ code: 'duplicate_phone' });
    const son = await register(bruno, { firstName: 'Filho' });
    expect(await problemOf(change(bruno, son.id, { phone }))).toMatchObject({ code: 'duplicate_phone' });
    expect(await change(bruno, son.id, { phone, allowSharedPhone: true })).toMatchObject({ phone, sharedPhone: true });
    expect(await change(bruno, son.id, { rg: '1', phone })).toMatchObject({ rg: '1', sharedPhone: true });
    expect(await change(bruno, son.id, { phone: newPhone() })).toMatchObject({ sharedPhone: false });

    await archive(mother.id);
    expect(await problemOf(register(bruno, { firstName: 'Estranha', phone }))).toMatchObject({
      code: 'duplicate_phone',
    });
    expect((await restore(mother.id)).sharedPhone).toBe(false);
    await archive(daughter.id);
    expect((await restore(daughter.id)).sharedPhone).toBe(true);
  });

  it('shares no document, whatever the request allows', async () => {
    const document = '390.533.447-05';
    await register(bruno, { firstName: 'Titular', document });
    expect(await problemOf(register(bruno, { firstName: 'Outra', document, allowSharedPhone: true }))).toMatchObject({
      code: 'duplicate_document',
    });
  });

  it('takes a client’s own phone and document for no duplicate', async () => {
    const own = { phone: newPhone(), document: '168.995.350-09' };
    const { id } = await register(bruno, { firstName: 'Própria', ...own });
    expect(await change(bruno, id, { ...own, rg: '1' })).toMatchObject({ rg: '1' });
  });

  it('makes one client of many requests for a phone at once', async () => {
    const phone = newPhone();
    const calls = Array.from({ length: 10 }, (_, n) => register(bruno, { firstName: `Corrida ${n}`, phone }));
    expect(await outcomesOf(calls)).toEqual({ done: 1, duplicate_phone: 9 });
  });

  it('names the winner of a race, and lets a family race', async () => {
    const document = '714.287.938-60';
    const calls = Array.from({ length: 6 }, (_, n) => register(bruno, { firstName: `Prova ${n}`, document }));
    const problems = await Promise.all(
      calls.map((call) =>
        call.then(
          ({ id }) => id,
          () => problemOf(call),
        ),
      ),
    );
    const winner = problems.find((outcome) => typeof outcome === 'string');
    expect(problems.filter((outcome) => typeof outcome !== 'string')).toEqual(
      Array(5).fill({
        status: 409,
        code: 'duplicate_document',
        client: { id: winner, name: expect.any(String) as string },
      }),
    );

    const phone = newPhone();
    const family = await Promise.all(
      Array.from({ length: 6 }, (_, n) => register(bruno, { firstName: `Irmã ${n}`, phone, allowSharedPhone: true })),
    );
    expect(family.filter(({ sharedPhone }) => !sharedPhone)).toHaveLength(1);
  });

  it('lets one of several through that change to, or come back with, the same phone at once', async () => {
    const phone = newPhone();
    const clients = await Promise.all(Array.from({ length: 5 }, (_, n) => register(bruno, { firstName: `Muda ${n}` })));
    expect(await outcomesOf(clients.map(({ id }) => change(bruno, id, { phone })))).toEqual({
      done: 1,
      duplicate_phone: 4,
    });

    const other = newPhone();
    const archived: string[] = [];
    for (let n = 0; n < 4; n++) {
      const { id } = await register(bruno, { firstName: `Volta ${n}`, phone: other });
      await archive(id);
      archived.push(id);
    }
    expect(await outcomesOf(archived.map(restore))).toEqual({ done: 1, duplicate_phone: 3 });
  });

  it('keeps the own phone and document out of a refusal that a race caused', async () => {
    const document = '862.883.667-57';
    const phone = newPhone();
    const { id } = await register(bruno, { firstName: 'Com CPF', document });
    const calls = [
      change(bruno, id, { document, phone }),
      ...Array.from({ length: 4 }, (_, n) => register(bruno, { firstName: `Rival ${n}`, phone })),
    ];
    expect(await outcomesOf(calls)).toEqual({ done: 1, duplicate_phone: 4 });
  });
});
