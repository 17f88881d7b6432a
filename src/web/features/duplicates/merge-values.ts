import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { Client } from '../../../shared/contracts/clients.ts';
import type { MergeField } from '../../../shared/client-fields.ts';
import { formatDocument, formatPhone, formatPlainDate, formatPostalCode } from '../../lib/format.ts';

export const mergeLabels: Readonly<Record<MergeField, MessageDescriptor>> = {
  firstName: msg`Nome`,
  lastName: msg`Sobrenome`,
  socialName: msg`Nome social`,
  document: msg`CPF ou CNPJ`,
  rg: msg`RG`,
  dateOfBirth: msg`Data de nascimento`,
  phone: msg`Telefone`,
  secondaryPhone: msg`Outro número`,
  email: msg`E-mail`,
  sex: msg`Sexo`,
  maritalStatus: msg`Estado civil`,
  nationality: msg`Nacionalidade`,
  profession: msg`Profissão`,
  guardian: msg`Responsável`,
  address: msg`Endereço`,
  healthInsurance: msg`Convênio`,
  notes: msg`Anotações`,
  professionalId: msg`Profissional`,
};

const line = (...parts: readonly (string | null | undefined)[]): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== '').join(', ');

const withFormat = (value: string | null, format: (stored: string) => string): string =>
  value === null ? '' : format(value);

/** What a record says in a field, as people read it; empty for nothing. */
export function readValue(field: MergeField, client: Partial<Client>, nameOf: (id: string) => string): string {
  switch (field) {
    case 'phone':
    case 'secondaryPhone':
      return withFormat(client[field] ?? null, formatPhone);
    case 'document':
      return withFormat(client.document ?? null, formatDocument);
    case 'dateOfBirth':
      return withFormat(client.dateOfBirth ?? null, formatPlainDate);
    case 'guardian': {
      const { name, phone, document } = client.guardian ?? { name: null, phone: null, document: null };
      return line(name, withFormat(phone, formatPhone), withFormat(document, formatDocument));
    }
    case 'address': {
      const address = client.address;
      if (address === undefined) return '';
      const { street, number, complement, neighborhood, city, state, postalCode } = address;
      return line(street, number, complement, neighborhood, city, state, withFormat(postalCode, formatPostalCode));
    }
    case 'healthInsurance':
      return line(client.healthInsurance?.plan, client.healthInsurance?.number);
    case 'professionalId':
      return client.professionalId === undefined ? '' : nameOf(client.professionalId);
    case 'firstName':
    case 'lastName':
    case 'socialName':
    case 'rg':
    case 'email':
    case 'sex':
    case 'maritalStatus':
    case 'nationality':
    case 'profession':
    case 'notes':
      return client[field] ?? '';
  }
}
