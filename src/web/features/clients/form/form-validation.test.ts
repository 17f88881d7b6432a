import { describe, expect, it } from 'vitest';
import { emptyValues } from './form-model.ts';
import { checkCreation, checkPatch, errorsByField } from './form-validation.ts';

describe('checkCreation', () => {
  it('says what is missing and what is wrong in the words of the catalogue', () => {
    const wrong = {
      ...emptyValues,
      phone: '(11) 1',
      document: '529.982.247-26',
      'address.postalCode': '0131',
      dateOfBirth: '31/02/1981',
    };
    expect(checkCreation(wrong, 'pt-BR', true)).toEqual({
      errors: {
        fields: {
          firstName: 'Preencha este campo.',
          professionalId: 'Preencha este campo.',
          phone: 'Confira o telefone: DDD e número, como (11) 98765-4321.',
          document: 'CPF inválido: confira os dígitos.',
          'address.postalCode': 'CEP inválido: são 8 dígitos, como 01310-100.',
          dateOfBirth: 'Data inválida: use dia, mês e ano que existam.',
        },
        other: [],
      },
    });
  });

  it('gives the body that the contract reads', () => {
    expect(checkCreation({ ...emptyValues, firstName: 'Ana', phone: '11 98765 4321' }, 'en', false)).toEqual({
      body: { firstName: 'Ana', phone: '+5511987654321' },
    });
  });
});

describe('checkPatch', () => {
  const before = { ...emptyValues, firstName: 'Ana', email: 'not an e-mail' };

  it('judges only what changed', () => {
    expect(checkPatch(before, { ...before, firstName: 'Anna' }, 'pt-BR')).toEqual({ body: { firstName: 'Anna' } });
  });

  it('keeps the name from being emptied', () => {
    expect(checkPatch(before, { ...before, firstName: ' ' }, 'pt-BR')).toMatchObject({
      errors: { fields: { firstName: 'Preencha este campo.' } },
    });
  });
});

describe('errorsByField', () => {
  it('shows an error of a tag at the tags, and what has no field apart', () => {
    expect(
      errorsByField([
        { path: 'tags.2', code: 'too_long', message: 'long' },
        { path: 'extra.Cor', code: 'too_long', message: 'extra' },
      ]),
    ).toEqual({ fields: { tags: 'long' }, other: ['extra'] });
  });
});
