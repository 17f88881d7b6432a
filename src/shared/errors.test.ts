import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { state } from './address.ts';
import { clientInput } from './contracts/clients.ts';
import { errorCatalogue } from './contracts/index.ts';
import { fieldError, fieldErrorCatalogue, toFieldErrors } from './errors.ts';
import { reasonCatalogue } from './errors/reasons.ts';
import { name } from './text.ts';

/** What is wrong with a value, as `path: code`. */
function codesOf(schema: z.ZodType, value: unknown): string[] {
  const result = schema.safeParse(value, { reportInput: true });
  return toFieldErrors(result.error?.issues ?? [], 'en').map(({ path, code }) => `${path}: ${code}`);
}

describe('field errors', () => {
  const schema = z.strictObject({
    email: z.email('invalid_email'),
    firstName: name(5),
    state,
    role: z.enum(['a', 'b']),
    agreed: z.boolean(),
    tags: z.array(z.string().max(2)),
  });

  it('call every missing field required, whatever words its schema has for a wrong one', () => {
    expect(codesOf(schema, {})).toEqual([
      'email: required',
      'firstName: required',
      'state: required',
      'role: required',
      'agreed: required',
      'tags: required',
    ]);
  });

  it('tell wrong values by the kind of wrong, with the path to them', () => {
    const value = {
      email: 'x',
      firstName: 'longer',
      state: 'ZZ',
      role: 'c',
      agreed: 'yes',
      tags: ['ok', 'long'],
      more: 1,
    };
    expect(codesOf(schema, value)).toEqual([
      'email: invalid_email',
      'firstName: too_long',
      'state: invalid_state',
      'role: invalid_value',
      'agreed: invalid_type',
      'tags.1: too_long',
      'more: unknown_field',
    ]);
  });

  it('tell null from a missing value', () => {
    expect(codesOf(z.strictObject({ agreed: z.boolean() }), { agreed: null })).toEqual(['agreed: invalid_type']);
  });

  it.each([null, [], 'text', 3])('call a body that is %j one wrong type, at no path', (body) => {
    expect(codesOf(clientInput, body)).toEqual([': invalid_type']);
  });

  it('name the fields of a client that are wrong, in depth', () => {
    const body = {
      firstName: '\u200b',
      phone: '123',
      document: '52998224724',
      dateOfBirth: '2023-02-29',
      address: { postalCode: '1', country: 'BR' },
      guardian: { document: '12ABC34501DE34' },
      id: 'x',
      ['__proto__x']: 1,
    };
    expect(codesOf(clientInput, body)).toEqual([
      'firstName: blank',
      'phone: invalid_phone',
      'document: invalid_cpf',
      'dateOfBirth: invalid_date',
      'address.postalCode: invalid_postal_code',
      'address.country: unknown_field',
      'guardian.document: invalid_cnpj',
      'id: unknown_field',
      '__proto__x: unknown_field',
    ]);
  });

  it('say the limit', () => {
    const result = z.strictObject({ name: name(5) }).safeParse({ name: 'longer' }, { reportInput: true });
    expect(toFieldErrors(result.error?.issues ?? [], 'pt-BR')).toEqual([
      { path: 'name', code: 'too_long', message: 'Use no máximo 5.' },
    ]);
    expect(fieldError({ path: 'n', code: 'too_short', limit: 3n }, 'en').message).toBe('Use at least 3.');
  });
});

describe('the catalogues', () => {
  it('have both languages, a fitting status and stable codes', () => {
    for (const [code, text] of Object.entries(errorCatalogue)) {
      expect(code).toMatch(/^[a-z]+(_[a-z]+\d?)*$/);
      expect(text.status).toBeGreaterThanOrEqual(400);
      expect(text.status).toBeLessThan(600);
    }
    const catalogues = { ...errorCatalogue, ...reasonCatalogue, ...fieldErrorCatalogue };
    for (const text of Object.values(catalogues)) {
      expect(text['pt-BR']).toMatch(/\.$/);
      expect(text.en).toMatch(/\.$/);
      expect(text.en).not.toBe(text['pt-BR']);
    }
  });
});
