import { describe, expect, it } from 'vitest';
import { type Client, clientInput, clientPatch } from '../../../../shared/contracts/clients.ts';
import { changedFields, makeCreationBody, emptyValues, makePatchBody, toFormValues } from './form-model.ts';

const id = '01890a5d-ac96-774b-bcce-b302099a8057';

const maria: Client = {
  id,
  firstName: 'Maria',
  lastName: 'Souza',
  socialName: null,
  email: 'maria@exemplo.com.br',
  phone: '+5511987654321',
  secondaryPhone: null,
  document: '52998224725',
  rg: null,
  dateOfBirth: '1981-03-05',
  sex: null,
  maritalStatus: null,
  nationality: null,
  profession: null,
  referral: null,
  address: {
    postalCode: '01310100',
    street: 'Avenida Paulista',
    number: '1000',
    complement: null,
    neighborhood: null,
    city: 'São Paulo',
    state: 'SP',
  },
  guardian: { name: null, phone: null, document: null },
  healthInsurance: { plan: null, number: null },
  tags: ['diabetes'],
  sharedPhone: false,
  notes: 'Prefere manhã',
  professionalId: id,
  createdAt: '2026-01-02T12:00:00Z',
  updatedAt: '2026-01-02T12:00:00Z',
  archivedAt: null,
  anonymous: false,
  mergedInto: null,
};

describe('toFormValues', () => {
  it('shows a client as people read it', () => {
    expect(toFormValues(maria)).toMatchObject({
      phone: '(11) 98765-4321',
      document: '529.982.247-25',
      dateOfBirth: '05/03/1981',
      'address.postalCode': '01310-100',
      secondaryPhone: '',
      tags: ['diabetes'],
    });
  });
});

describe('makeCreationBody', () => {
  it('sends only what was filled in, trimmed, and the contract takes it', () => {
    const body = makeCreationBody({
      ...emptyValues,
      firstName: '  Maria ',
      lastName: '   ',
      phone: '(11) 98765-4321',
      dateOfBirth: '5/3/1981',
      'address.postalCode': '01310-100',
      'address.city': 'São Paulo',
      tags: ['diabetes'],
    });
    expect(clientInput.parse(body)).toEqual({
      firstName: 'Maria',
      phone: '+5511987654321',
      dateOfBirth: '1981-03-05',
      address: { postalCode: '01310100', city: 'São Paulo' },
      tags: ['diabetes'],
    });
  });

  it('leaves a date that cannot be read to the contract', () => {
    const result = clientInput.safeParse(makeCreationBody({ ...emptyValues, firstName: 'Ana', dateOfBirth: 'ontem' }));
    expect(result.error?.issues.map((issue) => [issue.path.join('.'), issue.message])).toEqual([
      ['dateOfBirth', 'invalid_date'],
    ]);
  });
});

describe('makePatchBody', () => {
  it('sends nothing when nothing changed, spaces aside', () => {
    const values = toFormValues(maria);
    expect(makePatchBody(values, { ...values, firstName: 'Maria ' })).toEqual({});
  });

  it('sends what changed, null for what was emptied, one member of a nested object', () => {
    const before = toFormValues(maria);
    const after = { ...before, email: '', 'address.number': '1200', secondaryPhone: '1134567890', tags: [] };
    expect(changedFields(before, after)).toEqual(['email', 'secondaryPhone', 'address.number', 'tags']);
    expect(clientPatch.parse(makePatchBody(before, after))).toEqual({
      email: null,
      secondaryPhone: '+551134567890',
      address: { number: '1200' },
      tags: [],
    });
  });

  it('keeps notes that the person may not see out of the body', () => {
    const forReception = { ...maria };
    delete forReception.notes;
    const before = toFormValues(forReception);
    expect(makePatchBody(before, { ...before, firstName: 'Mariana' })).toEqual({ firstName: 'Mariana' });
  });
});
