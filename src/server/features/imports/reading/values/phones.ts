import { areaCodePattern, isAreaCode } from '../../../../../shared/area-code.ts';
import { definitionOf, type FieldsWith, isFieldName } from '../../../../../shared/client-fields.ts';
import type { ColumnMeaning } from '../../../../../shared/contracts/import-columns.ts';
import { parseOldMobile } from '../../../../../shared/phone.ts';
import { plainSpelling } from '../../../../../shared/plain-spelling.ts';
import { parseByContract, ValueProblem } from './contract-fields.ts';
import { wholeNumber } from './numbers.ts';

const usual = new RegExp(`^(?:\\+55 ?)?\\(?(${areaCodePattern})\\)? ?((?:9\\d{4}|[2-5]\\d{3}))[-. ]?(\\d{4})$`);
const withoutAreaCode = /^((?:9 ?)?\d{4}) ?[-. ]? ?(\d{4})$/;
/** Words that people write in front of a number. */
const label =
  /^(?:tel(?:efone)?|fone|fixo|cel(?:ular)?|mobile|phone|whats(?:app)?|zap|contato|res(?:idencial)?|com(?:ercial)?)(?:[.:]| -){1,3} ?/i;
/** `3222-1111/12`, short for two numbers. Joining the digits could make a third one. */
const shortened = /[/;,|\n] ?\d{1,3}[^\d/;,|\n]*$/;
const separators = /[/;,|\n]|:::|\s(?:e|ou|-)\s/i;

export type PhoneField = FieldsWith<{ kind: 'phone' }>;
export const isPhoneField = (meaning: ColumnMeaning): meaning is PhoneField =>
  isFieldName(meaning) && definitionOf(meaning).kind === 'phone';

/** Reads an area code such as `11`, `(011)`, `0xx11` or `11.0`. @returns undefined if Brazil has no such code */
export function parseAreaCode(text: string): string | undefined {
  if (text.length > 20) return undefined;
  const number = wholeNumber(plainSpelling(text));
  if (number instanceof ValueProblem) return undefined;
  const digits = number.replace(/[\s()]/g, '').replace(/^0(?:xx)?/i, '');
  return isAreaCode(digits) ? digits : undefined;
}

/**
 * Reads one number and returns it in E.164, after correcting common spellings and old formats. `area` completes a number without
 * area code.
 */
export function readPhone(cell: string, area?: string): string | ValueProblem {
  const match = usual.exec(cell);
  if (match !== null) return `+55${match[1] ?? ''}${match[2] ?? ''}${match[3] ?? ''}`;
  const value = wholeNumber(plainSpelling(cell).replace(label, ''));
  if (value instanceof ValueProblem) return value;
  const read = parseByContract('phone', value);
  if (typeof read === 'string') return read;
  const local = area === undefined ? null : withoutAreaCode.exec(value);
  if (local !== null) return readPhone(`${area ?? ''}${(local[1] ?? '').replace(' ', '')}${local[2] ?? ''}`);
  return parseOldMobile(value) ?? read ?? new ValueProblem('invalid_phone');
}

/** The most characters of a cell in which phones are looked for. */
const longest = 300;
const oneLine = (cell: string): string => cell.replace(/[^\S\n]{2,}/g, ' ');

/**
 * Reads all numbers of a cell, in E.164, without repeats. In `(11) 98765-4321 / 3333-4444` the second number gets the area code
 * of the first.
 */
export function readPhones(written: string, area: string | undefined): readonly string[] | ValueProblem {
  if (written.length > longest) return new ValueProblem('invalid_phone');
  const cell = wholeNumber(oneLine(written));
  if (cell instanceof ValueProblem) return cell;
  const only = shortened.test(cell) ? new ValueProblem('invalid_phone') : readPhone(cell, area);
  if (typeof only === 'string') return [only];
  const parts = cell.split(separators).filter((part) => /\d/.test(part));
  if (parts.length < 2) return only;
  const numbers = new Set<string>();
  for (const part of parts) {
    const [before = ''] = numbers;
    const number = readPhone(part.trim(), /^\+55(\d\d)/.exec(before)?.[1] ?? area);
    if (number instanceof ValueProblem) return number;
    numbers.add(number);
  }
  return [...numbers];
}

/** Whether the first number of a cell has no area code, so that another one was put in front of it. */
export function lacksAreaCode(cell: string): boolean {
  const first = cell.split(separators).find((part) => /\d/.test(part)) ?? '';
  const digits = first.replace(/\D/g, '').length;
  return digits === 8 || digits === 9;
}

const edges = new Set(Array.from(' \t\r.:()-'));

/** Trims punctuation left by a removed word, but keeps `(` before and `)` after a number. */
function trimmed(part: string): string {
  let from = 0;
  let to = part.length;
  while (from < to && part[from] !== '(' && edges.has(part.charAt(from))) from += 1;
  while (to > from && part[to - 1] !== ')' && edges.has(part.charAt(to - 1))) to -= 1;
  return part.slice(from, to);
}

/**
 * Reads the numbers of a cell with notes, such as `(11) 98765-4321 (mãe)`. Words act as separators, so that separate digits are
 * not joined.
 */
export function readNotedPhones(cell: string, area: string | undefined): readonly string[] | ValueProblem {
  if (cell.length > longest) return new ValueProblem('invalid_phone');
  const parts = cell
    .replace(/\p{L}[\p{L}\p{M}]*/gu, '/')
    .split(separators)
    .map(trimmed)
    .filter((part) => /\d/.test(part));
  return readPhones(parts.join('/'), area);
}
