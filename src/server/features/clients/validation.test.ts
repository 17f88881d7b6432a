import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { fieldErrorCatalogue, type FieldErrorCode } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/problem.ts';

describe('what a clinic is told about wrong data', () => {
  let server: TestServer;
  let bruno: SignedIn;
  let id: string;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('aviso.test');
    bruno = await server.signIn('bruno@aviso.test');
    id = (await bruno.api('POST /clients', { body: { firstName: 'Existente' } })).body.id;
  });
  afterAll(() => server.stop());

  async function send(method: 'POST' | 'PATCH', body: string, headers: Record<string, string> = {}) {
    const response = await fetch(`${server.address}/api/v1/clients${method === 'PATCH' ? `/${id}` : ''}`, {
      method,
      headers: {
        authorization: `Bearer ${bruno.accessToken}`,
        'content-type': 'application/json',
        'if-match': '*',
        ...headers,
      },
      body,
    });
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    return { status: response.status, problem: (await response.json()) as Problem };
  }

  const wrong: [body: Record<string, unknown>, path: string, code: FieldErrorCode][] = [
    [{ firstName: '' }, 'firstName', 'blank'],
    [{ firstName: ' \u200b\u3164 ' }, 'firstName', 'blank'],
    [{ firstName: null }, 'firstName', 'invalid_type'],
    [{ firstName: ['Ana'] }, 'firstName', 'invalid_type'],
    [{ firstName: 'a'.repeat(151) }, 'firstName', 'too_long'],
    [{ firstName: 'Ana\nMaria' }, 'firstName', 'invalid_text'],
    [{ lastName: 'a\0b' }, 'lastName', 'invalid_text'],
    [{ lastName: '\ud800' }, 'lastName', 'invalid_text'],
    [{ email: 'ana@' }, 'email', 'invalid_email'],
    [{ phone: '123' }, 'phone', 'invalid_phone'],
    [{ phone: 11987654321 }, 'phone', 'invalid_type'],
    [{ secondaryPhone: '(11) 0000-0000' }, 'secondaryPhone', 'invalid_phone'],
    [{ document: '529.982.247-26' }, 'document', 'invalid_cpf'],
    [{ document: '12.ABC.345/01DE-36' }, 'document', 'invalid_cnpj'],
    [{ document: '123' }, 'document', 'invalid_document'],
    [{ document: '111.111.111-11' }, 'document', 'invalid_cpf'],
    [{ dateOfBirth: '2001-02-29' }, 'dateOfBirth', 'invalid_date'],
    [{ dateOfBirth: '29/02/2000' }, 'dateOfBirth', 'invalid_date'],
    [{ dateOfBirth: '2999-01-01' }, 'dateOfBirth', 'date_in_future'],
    [{ address: { postalCode: '0131' } }, 'address.postalCode', 'invalid_postal_code'],
    [{ address: { state: 'SAO' } }, 'address.state', 'invalid_state'],
    [{ address: { cidade: 'x' } }, 'address.cidade', 'unknown_field'],
    [{ address: 'Av. Paulista' }, 'address', 'invalid_type'],
    [{ address: [] }, 'address', 'invalid_type'],
    [{ guardian: { document: '1' } }, 'guardian.document', 'invalid_document'],
    [{ healthInsurance: { plan: 'a'.repeat(101) } }, 'healthInsurance.plan', 'too_long'],
    [{ tags: 'pilates' }, 'tags', 'invalid_type'],
    [{ tags: ['ok', ' '] }, 'tags.1', 'blank'],
    [{ tags: Array.from({ length: 21 }, (_, n) => `t${n}`) }, 'tags', 'too_long'],
    [{ notes: 'a'.repeat(20_001) }, 'notes', 'too_long'],
    [{ extra: { a: 1 } }, 'extra.a', 'invalid_type'],
    [{ professionalId: 'bruno' }, 'professionalId', 'invalid_value'],
    [{ allowSharedPhone: 'sim' }, 'allowSharedPhone', 'invalid_type'],
    [{ apelido: 'Aninha' }, 'apelido', 'unknown_field'],
  ];

  it.each(wrong)('%j: the field and what to do about it, in both languages', async (part, path, code) => {
    for (const method of ['POST', 'PATCH'] as const)
      for (const locale of ['pt-BR', 'en'] as const) {
        const body = JSON.stringify({ firstName: 'Ana', ...part });
        const { status, problem } = await send(method, body, { 'accept-language': locale });
        expect(status).toBe(422);
        expect(problem).toMatchObject({ code: 'invalid_request', errors: [{ path, code }] });
        const message = fieldErrorCatalogue[code][locale].split('{n}');
        expect(problem.errors?.[0]?.message).toContain(message[0]);
      }
  });

  it.each(['', '   ', '\u00a0', ' \u200b\u2060\u3164 ', '\u2800', '\n'])(
    'takes a text in which nothing can be seen for nothing, in every field that may be empty: %j',
    async (empty) => {
      const full = {
        ...{ firstName: 'Ana', lastName: 'Sá', socialName: 'Aninha', email: 'ana@exemplo.test', phone: '11987650071' },
        ...{ secondaryPhone: '1133334471', document: '52998224725', rg: '1', dateOfBirth: '1984-03-07', sex: 'F' },
        ...{ maritalStatus: 'x', nationality: 'x', profession: 'x', referral: 'x', notes: 'x' },
        address: {
          ...{ postalCode: '01310100', street: 'x', number: 'x', complement: 'x', neighborhood: 'x', city: 'x' },
          state: 'SP' as const,
        },
        guardian: { name: 'x', phone: '11987650072', document: '11144477735' },
        healthInsurance: { plan: 'x', number: 'x' },
      };
      const emptied = (value: unknown): unknown =>
        typeof value === 'string'
          ? empty
          : Object.fromEntries(Object.entries(value as object).map(([k, v]) => [k, emptied(v)]));
      const cleared = (value: unknown): unknown =>
        typeof value === 'string'
          ? null
          : Object.fromEntries(Object.entries(value as object).map(([k, v]) => [k, cleared(v)]));
      const { firstName, ...rest } = full;
      const nothing = { firstName, ...(cleared(rest) as object) };
      const body = { firstName, ...(emptied(rest) as object) };
      const made = await bruno.api('POST /clients', { body });
      expect(made.body).toMatchObject(nothing);
      const { body: known } = await bruno.api('POST /clients', { body: full });
      const about = { params: { id: known.id }, headers: { 'if-match': '*' } };
      expect((await bruno.api('PATCH /clients/{id}', { ...about, body })).body).toMatchObject(nothing);
      for (const method of ['POST', 'PATCH'] as const)
        expect((await send(method, JSON.stringify({ firstName: empty }))).status).toBe(422);
      await bruno.api('DELETE /clients/{id}', about);
    },
  );

  it('tells everything that is wrong at once, each with its limit', async () => {
    const { problem } = await send('POST', JSON.stringify({ email: 'x', phone: 'y', rg: 'z'.repeat(31), nada: 1 }));
    expect(problem.errors?.map(({ path }) => path).sort()).toEqual(['email', 'firstName', 'nada', 'phone', 'rg']);
    expect(problem.errors?.find(({ path }) => path === 'firstName')?.code).toBe('required');
    expect(problem.errors?.find(({ path }) => path === 'rg')?.message).toBe('Use no máximo 30.');
    expect(problem.detail).toBe('Alguns dados precisam de correção.');
  });

  it.each([
    'id',
    'clinicId',
    'clinic_id',
    'version',
    'createdAt',
    'updatedAt',
    'archivedAt',
    'fullName',
    'searchText',
    'sharedPhone',
    'phone_shared',
  ])('lets nobody set %s, which the server sets', async (field) => {
    for (const method of ['POST', 'PATCH'] as const)
      expect((await send(method, JSON.stringify({ firstName: 'Ana', [field]: null }))).problem).toMatchObject({
        status: 422,
        errors: [{ path: field, code: 'unknown_field' }],
      });
  });

  it.each<[what: string, body: string, status: number, code: string]>([
    ['nothing', '', 422, 'invalid_request'],
    ['half an object', '{"firstName":', 400, 'bad_request'],
    ['__proto__', '{"firstName":"Ana","__proto__":{"isAdmin":true}}', 400, 'bad_request'],
    ['__proto__ further down', '{"firstName":"Ana","extra":{"__proto__":"x"}}', 400, 'bad_request'],
    ['constructor.prototype', '{"firstName":"Ana","extra":{"constructor":{"prototype":{}}}}', 400, 'bad_request'],
    ['null', 'null', 422, 'invalid_request'],
    ['a list', '[{"firstName":"Ana"}]', 422, 'invalid_request'],
    ['a string', '"Ana"', 422, 'invalid_request'],
    ['a number that is none', '{"firstName":NaN}', 400, 'bad_request'],
    ['depth', '['.repeat(20_000), 413, 'payload_too_large'],
    [
      'more than a mebibyte',
      JSON.stringify({ firstName: 'Ana', notes: 'x'.repeat(1_048_576) }),
      413,
      'payload_too_large',
    ],
  ])('answers a body of %s as a problem of the sender', async (_, body, status, code) => {
    expect((await send('POST', body)).problem).toMatchObject({ status, code });
  });

  it('takes JSON alone', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])
      expect((await send('POST', 'firstName=Ana', { 'content-type': type })).problem).toMatchObject({
        status: 415,
        code: 'unsupported_media_type',
      });
  });

  it('refuses bytes that are no UTF-8, and stores nothing', async () => {
    const count = async () => (await bruno.api('GET /clients')).body.total.value;
    const before = await count();
    const response = await fetch(`${server.address}/api/v1/clients`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bruno.accessToken}`, 'content-type': 'application/json' },
      body: Buffer.from('{"firstName":"Jos\xe9"}', 'latin1'),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'not_utf8' });
    expect(await count()).toBe(before);
  });
});
