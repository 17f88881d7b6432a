import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { Encoding } from '../../../../shared/import-choices.ts';

/** Encodings, in everyday words. */
export const encodingNames: Readonly<Record<Encoding, MessageDescriptor>> = {
  'utf-8': msg`UTF-8`,
  'utf-16le': msg`UTF-16`,
  'utf-16be': msg`UTF-16 (ordem inversa)`,
  'windows-1252': msg`Windows (Excel em português)`,
  ibm850: msg`DOS (sistemas antigos)`,
  macintosh: msg`Macintosh antigo`,
  'utf-8-mixed': msg`UTF-8 com partes de Windows`,
  'utf-8-twice': msg`UTF-8 salvo duas vezes`,
};

/** Delimiters of cells, in everyday words. */
export const delimiterNames = {
  ';': msg`ponto e vírgula`,
  ',': msg`vírgula`,
  '\t': msg`tabulação`,
  '|': msg`barra vertical`,
} as const;
export type Delimiter = keyof typeof delimiterNames;

export const isDelimiter = (text: string): text is Delimiter => Object.hasOwn(delimiterNames, text);
