import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { signInTwoClinics } from '../../../../tests/support/two-clinics.ts';
import { ApiError } from '../../../shared/api-client.ts';
import type { ClientInput } from '../../../shared/contracts/clients.ts';

type NewClient = Partial<ClientInput> & { readonly firstName: string };

describe('likely duplicates', () => {
  let server: TestServer;
  let ana: SignedIn;
  let bruno: SignedIn;
  let carla: SignedIn;
  let vera: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  // Each test has its own clinic, because lists cover the whole clinic.
  beforeEach(async () => {
    ({ ana, bruno, carla, vera } = await signInTwoClinics(server));
  });

  const create = async (person: SignedIn, body: NewClient): Promise<string> =>
    (await person.api('POST /clients', { body: { allowSharedPhone: true, ...body } })).body.id;

  const found = async (person: SignedIn) => {
    const { body } = await person.api('GET /duplicates');
    expect(body.total).toEqual({ value: body.items.length, relation: 'eq' });
    return body.items.map(({ clients, reasons, certainty }) => [
      clients.map(({ firstName }) => firstName).join(' + '),
      reasons.join(' '),
      certainty,
    ]);
  };

  const problemOf = async (call: Promise<unknown>) => {
    const error: unknown = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return error instanceof ApiError ? error.problem : undefined;
  };

  it.each<[string, NewClient, NewClient, (string | [string, string])[]]>([
    ['nothing', { firstName: 'Rosa', lastName: 'Prado' }, { firstName: 'Rosa', lastName: 'Prado' }, []],
    [
      'a shared phone',
      { firstName: 'Rosa', phone: '11987654321' },
      { firstName: 'Otto', phone: '11987654321' },
      ['phone', 'low'],
    ],
    [
      'a shared phone and the name',
      { firstName: 'Rosa', lastName: 'Prado', phone: '11987654321' },
      { firstName: 'rosa', lastName: 'PRADO', phone: '11987654321' },
      ['name phone', 'high'],
    ],
    [
      'an e-mail, whatever its case',
      { firstName: 'Rosa', email: 'rosa@exemplo.test' },
      { firstName: 'Otto', email: 'Rosa@Exemplo.test' },
      ['email', 'low'],
    ],
    [
      'name and birth date, without regard to accents, case, hyphens and apostrophes',
      { firstName: 'Íris', lastName: 'D’Ávila Conceição-Sá', dateOfBirth: '1980-02-03' },
      { firstName: 'iris', lastName: 'Davila Conceicao Sa', dateOfBirth: '1980-02-03' },
      ['name birthDate', 'high'],
    ],
    [
      'a slip in the name and the birth date',
      { firstName: 'Tereza', lastName: 'Magalhães', dateOfBirth: '1980-02-03' },
      { firstName: 'Teresa', lastName: 'Magalhaes', dateOfBirth: '1980-02-03' },
      ['similarName birthDate', 'medium'],
    ],
    [
      'a name in the middle and the birth date',
      { firstName: 'Maria', lastName: 'Souza', dateOfBirth: '1980-02-03' },
      { firstName: 'Maria', lastName: 'Aparecida de Souza', dateOfBirth: '1980-02-03' },
      ['similarName birthDate', 'medium'],
    ],
    [
      'a birth date alone',
      { firstName: 'Maria', lastName: 'Souza', dateOfBirth: '1980-02-03' },
      { firstName: 'Marta', lastName: 'Lima', dateOfBirth: '1980-02-03' },
      [],
    ],
    [
      'a name on two birth dates',
      { firstName: 'Maria', lastName: 'Souza', dateOfBirth: '1980-02-03' },
      { firstName: 'Maria', lastName: 'Souza', dateOfBirth: '1981-02-03' },
      [],
    ],
    [
      'an RG as well, however it is punctuated',
      { firstName: 'Rosa', email: 'r@exemplo.test', rg: '12.345.678-x' },
      { firstName: 'Rosa', email: 'r@exemplo.test', rg: '12345678X' },
      ['document name email', 'high'],
    ],
    [
      'everything but the document: twins are two people',
      { firstName: 'Lia', lastName: 'Reis', document: '52998224725', dateOfBirth: '2001-01-01', phone: '11987654321' },
      { firstName: 'Lis', lastName: 'Reis', document: '11144477735', dateOfBirth: '2001-01-01', phone: '11987654321' },
      ['similarName birthDate phone', 'low'],
    ],
  ])('are told by %s', async (_, first, second, expected) => {
    await create(ana, first);
    await create(ana, second);
    const [reasons, certainty] = expected;
    expect(await found(ana)).toEqual(
      reasons === undefined ? [] : [[`${first.firstName} + ${second.firstName}`, reasons, certainty]],
    );
  });

  it('come in pages, the most certain first, without the archived', async () => {
    const born = { dateOfBirth: '1990-05-06' };
    for (const firstName of ['A', 'B', 'C']) await create(ana, { firstName, email: 'todos@exemplo.test' });
    for (const lastName of ['Certa', 'Certa']) await create(ana, { firstName: 'Zélia', lastName, ...born });
    const archived = await create(ana, { firstName: 'Zélia', lastName: 'Certa', ...born });
    await ana.api('DELETE /clients/{id}', { params: { id: archived }, headers: { 'if-match': '*' } });

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await ana.api('GET /duplicates', { query: { limit: 1, ...(cursor ? { cursor } : {}) } });
      expect(body.total).toEqual({ value: 4, relation: 'eq' });
      expect(body.items).toHaveLength(1);
      seen.push(...body.items.map(({ clients }) => clients.map(({ firstName }) => firstName).join('')));
      cursor = body.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(['ZéliaZélia', 'AB', 'AC', 'BC']);
    expect(await problemOf(ana.api('GET /duplicates', { query: { cursor: 'x' } }))).toMatchObject({ status: 422 });
  });

  it('leave out a phone, an e-mail and a birth date that stand for none', async () => {
    const nobodys = { phone: '11999999999', email: 'nao@tem.test' };
    for (let number = 0; number < 25; number++)
      await create(ana, { firstName: `Cliente ${String(number)}`, ...nobodys });
    expect(await found(ana)).toEqual([]);
  });

  it('are those that a person sees', async () => {
    const same = { firstName: 'Rosa', lastName: 'Prado', dateOfBirth: '1980-02-03' };
    await create(ana, same);
    await create(bruno, same);
    expect(await found(bruno)).toEqual([]);
    expect(await found(carla)).toHaveLength(1);
    await create(bruno, same);
    expect(await found(bruno)).toHaveLength(1);
    expect(await found(ana)).toHaveLength(3);
    expect(await found(vera)).toEqual([]);
    const { body } = await carla.api('GET /duplicates');
    expect(JSON.stringify(body)).not.toMatch(/notes|extra/);
  });

  describe('that are two people', () => {
    const same = { firstName: 'Rosa', lastName: 'Prado', dateOfBirth: '1980-02-03' };

    it('are not shown again to anybody, until that is taken back', async () => {
      const clientIds: [string, string] = [await create(bruno, same), await create(bruno, same)];
      const { body, status } = await bruno.api('POST /duplicates/dismissals', { body: { clientIds } });
      expect(status).toBe(201);
      const again = await ana.api('POST /duplicates/dismissals', {
        body: { clientIds: [clientIds[1], clientIds[0]] },
      });
      expect(again.body).toEqual(body);
      expect(await found(bruno)).toEqual([]);
      expect(await found(ana)).toEqual([]);
      const params = { id: body.id };
      expect(await problemOf(vera.api('DELETE /duplicates/dismissals/{id}', { params }))).toMatchObject({
        status: 404,
      });
      await carla.api('DELETE /duplicates/dismissals/{id}', { params });
      expect(await found(bruno)).toHaveLength(1);
      expect(await problemOf(ana.api('DELETE /duplicates/dismissals/{id}', { params }))).toMatchObject({ status: 404 });
    });

    it('are told by those who see both', async () => {
      const [mine, colleagues, foreign] = [
        await create(bruno, same),
        await create(ana, same),
        await create(vera, same),
      ];
      for (const [person, clientIds, status] of [
        [bruno, [mine, colleagues], 404],
        [ana, [mine, foreign], 404],
        [ana, [mine, randomUUID()], 404],
        [ana, [mine, mine], 422],
      ] as const)
        expect(
          await problemOf(person.api('POST /duplicates/dismissals', { body: { clientIds: [...clientIds] } })),
        ).toMatchObject({ status });
    });
  });
});
