import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { ColumnMeaning } from '../../../shared/contracts/imports.ts';

/** What a column can hold, in people's words, in the order of the choice. */
export const meanings: Readonly<Record<ColumnMeaning, MessageDescriptor>> = {
  fullName: msg`Nome completo`,
  firstName: msg`Nome`,
  middleName: msg`Nome do meio`,
  lastName: msg`Sobrenome`,
  socialName: msg`Nome social`,
  phone: msg`Telefone`,
  secondaryPhone: msg`Outro número`,
  email: msg`E-mail`,
  document: msg`CPF ou CNPJ`,
  rg: msg`RG`,
  dateOfBirth: msg`Data de nascimento`,
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
  'guardian.name': msg`Nome do responsável`,
  'guardian.phone': msg`Telefone do responsável`,
  'guardian.document': msg`Documento do responsável`,
  'healthInsurance.plan': msg`Convênio`,
  'healthInsurance.number': msg`Carteirinha`,
  tags: msg`Etiquetas`,
  notes: msg`Anotações`,
  areaCode: msg`DDD do telefone`,
  sharedPhone: msg`Telefone compartilhado (sim ou não)`,
  extraObject: msg`Campos extras de outro Acolhe`,
  extra: msg`Guardar como campo extra`,
  ignore: msg`Não importar`,
};

export const meaningNames = Object.keys(meanings) as ColumnMeaning[];

const isMeaning = (key: string): key is ColumnMeaning => Object.hasOwn(meanings, key);

/** A field's name; undefined for an extra field, which has the name of its column. */
export function findFieldName(field: string): MessageDescriptor | undefined {
  if (field === 'professionalId') return msg`Profissional`;
  return isMeaning(field) ? meanings[field] : undefined;
}
