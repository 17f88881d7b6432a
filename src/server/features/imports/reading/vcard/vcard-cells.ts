import { keepApostrophe } from '../values/bare-value.ts';
import { foldHeader } from '../headers/header-names.ts';
import { divide, type Property } from './vcard-property.ts';

/** The values of a card by column; columns without a value are left out. */
export type Cells = Map<string, string>;

export const phonesAtMost = 20;
export const emailsAtMost = 5;
const numbersTo = (last: number): string[] => Array.from({ length: last }, (_, index) => String(index + 1));

/** Column names of Google Contacts' CSV, as far as it has them. */
export const usualColumns: readonly string[] = [
  'Name Prefix',
  'First Name',
  'Middle Name',
  'Last Name',
  'Nickname',
  'Organization Name',
  'Organization Title',
  'Birthday',
  'Gender',
  'Notes',
  'Labels',
  ...numbersTo(emailsAtMost).map((number) => `E-mail ${number} - Value`),
  ...numbersTo(phonesAtMost).flatMap((number) => [`Phone ${number} - Label`, `Phone ${number} - Value`]),
  'Address 1 - Street',
  'Address Number',
  'Address Complement',
  'Address Neighborhood',
  'Address 1 - City',
  'Address 1 - Region',
  'Address 1 - Postal Code',
  'Website',
];
const reserved: ReadonlySet<string> = new Set([...usualColumns, 'extra'].map(foldHeader));

export const textOf = ({ decode, value }: Property): string => decode(value).trim();
/** Splits a structured value into its parts. */
export const partsOf = ({ decode, value }: Property): string[] => divide(value, ';').map((part) => decode(part).trim());
export const oneLine = (text: string): string => text.split(/\s+/).join(' ').trim();

export function put(cells: Cells, column: string, text: string): void {
  if (text !== '') cells.set(column, keepApostrophe(text));
}

/** Adds a value without a usual column, under the property's name. */
export function addOther(cells: Cells, name: string, text: string): void {
  const column = reserved.has(foldHeader(name)) ? `vCard ${name}` : name;
  const before = cells.get(column);
  put(cells, column, before === undefined ? text : `${before}; ${text}`);
}
