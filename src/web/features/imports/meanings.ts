import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { type ImportField, importFields } from '../../../shared/client-fields.ts';
import type { ColumnMeaning } from '../../../shared/contracts/import-columns.ts';
import { useFieldLabels } from '../../entities/client/field-labels.ts';

/** What a column can hold besides a client's fields, in everyday words. */
const otherMeanings: Readonly<Record<Exclude<ColumnMeaning, ImportField>, MessageDescriptor>> = {
  'nextAppointment.date': msg`Próxima consulta`,
  'nextAppointment.time': msg`Hora da próxima consulta`,
  'appointment.date': msg`Dia da consulta (com ou sem hora)`,
  'appointment.time': msg`Hora da consulta`,
  'appointment.end': msg`Fim da consulta`,
  'appointment.minutes': msg`Duração da consulta`,
  'appointment.professional': msg`Profissional da consulta`,
  'appointment.visitType': msg`Tipo de atendimento`,
  'appointment.status': msg`Situação da consulta`,
  'appointment.room': msg`Sala da consulta`,
  'appointment.notes': msg`Anotações da consulta`,
  fullName: msg`Nome completo`,
  middleName: msg`Nome do meio`,
  areaCode: msg`DDD do telefone`,
  sharedPhone: msg`Telefone compartilhado (sim ou não)`,
  professionalEmail: msg`E-mail do profissional`,
  archivedAt: msg`Arquivado em`,
  extraObject: msg`Campos extras de outro Acolhe`,
  extra: msg`Guardar como campo extra`,
  ignore: msg`Não importar`,
};

/** Names and phones come first in the select: nearly every file has them. */
const first: readonly ColumnMeaning[] = [
  ...(['fullName', 'firstName', 'middleName', 'lastName', 'socialName', 'phone', 'secondaryPhone'] as const),
];

/** What a column can hold, in the order of the select. */
export const meaningNames: readonly ColumnMeaning[] = [
  ...new Set([...first, ...importFields, ...(Object.keys(otherMeanings) as (keyof typeof otherMeanings)[])]),
];

const isOther = (name: string): name is keyof typeof otherMeanings => Object.hasOwn(otherMeanings, name);

/** What columns and fields are called in the page's language. */
export function useMeaningNames() {
  const { i18n } = useLingui();
  const { labelOf, findLabel } = useFieldLabels();
  return {
    nameOf: (meaning: ColumnMeaning): string => (isOther(meaning) ? i18n._(otherMeanings[meaning]) : labelOf(meaning)),
    /** The name of a field; an extra field has the name of its column. */
    fieldName: (name: string): string => (isOther(name) ? i18n._(otherMeanings[name]) : (findLabel(name) ?? name)),
  };
}
