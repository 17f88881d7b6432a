import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { FormField } from './form-fields.ts';

/** What each field is called, in the form, on the card and in the history. */
export const fieldLabels: Readonly<Record<FormField, MessageDescriptor>> = {
  firstName: msg`Nome`,
  lastName: msg`Sobrenome`,
  socialName: msg`Nome social`,
  phone: msg`Telefone`,
  secondaryPhone: msg`Outro número`,
  email: msg`E-mail`,
  document: msg`CPF`,
  rg: msg`RG`,
  dateOfBirth: msg`Data de nascimento`,
  'guardian.name': msg`Nome do responsável`,
  'guardian.phone': msg`Contato do responsável`,
  'guardian.document': msg`Documento do responsável`,
  sex: msg`Sexo`,
  maritalStatus: msg`Estado civil`,
  nationality: msg`Nacionalidade`,
  profession: msg`Profissão`,
  'address.postalCode': msg`CEP`,
  'address.street': msg`Rua`,
  'address.number': msg`Número`,
  'address.complement': msg`Complemento`,
  'address.neighborhood': msg`Bairro`,
  'address.city': msg`Cidade`,
  'address.state': msg`Estado`,
  'healthInsurance.plan': msg`Convênio`,
  'healthInsurance.number': msg`Carteirinha`,
  tags: msg`Etiquetas`,
  notes: msg`Anotações`,
  professionalId: msg`Profissional`,
};

const isField = (field: string): field is FormField => Object.hasOwn(fieldLabels, field);

/** The label of a field that the history names; an imported column is called as it was in its file. */
export const findFieldLabel = (field: string): MessageDescriptor | undefined =>
  isField(field) ? fieldLabels[field] : undefined;
