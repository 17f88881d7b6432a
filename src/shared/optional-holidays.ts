import { foldText } from './fold-text.ts';

/** Days on which the federal administration may rest (its yearly ordinance); each clinic chooses by these names. */
export const optionalHolidayNames = [
  'Segunda-feira de Carnaval',
  'Terça-feira de Carnaval',
  'Quarta-feira de Cinzas',
  'Corpus Christi',
  'Dia do Servidor Público',
  'Véspera de Natal',
  'Véspera de Ano-Novo',
] as const;

export type OptionalHolidayName = (typeof optionalHolidayNames)[number];

/** The known spelling of an optional holiday, whatever case and accents it was written with. */
export const findOptionalHoliday = (name: string): OptionalHolidayName | undefined =>
  optionalHolidayNames.find((known) => foldText(known) === foldText(name));
