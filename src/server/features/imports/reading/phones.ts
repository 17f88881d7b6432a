import { areaCodePattern, isAreaCode } from '../../../../shared/area-code.ts';
import type { ColumnMeaning, ImportField } from '../../../../shared/contracts/imports.ts';
import { parseByContract, ValueProblem } from './contract-fields.ts';

const usual = new RegExp(`^(?:\\+55 ?)?\\(?(${areaCodePattern})\\)? ?((?:9\\d{4}|[2-5]\\d{3}))[-. ]?(\\d{4})$`);
/** A mobile number from before the ninth digit, which Anatel put in front of all of them from 2012 to 2016. */
const withoutNinthDigit = new RegExp(`^(?:\\+?55 ?)?\\(?0?(${areaCodePattern})\\)? ?([689]\\d{3})[-. ]?(\\d{4})$`);
const withoutAreaCode = /^((?:9 ?)?\d{4})[-. ]?(\d{4})$/;
/** `3222-1111/12`, short for two numbers, whose digits together may be a third. */
const shortened = /[/;,|\n]\s*\d{1,3}\D*$/;
const separators = /[/;,|\n]|:::|\s(?:e|ou|-)\s/i;

const phoneFields = ['phone', 'secondaryPhone', 'guardian.phone'] as const satisfies readonly ImportField[];
export type PhoneField = (typeof phoneFields)[number];
export const isPhoneField = (meaning: ColumnMeaning): meaning is PhoneField =>
  (phoneFields as readonly ColumnMeaning[]).includes(meaning);

/** Software that treats the column as numbers writes `11987654321.0`. */
export const withoutFraction = (value: string): string =>
  value.endsWith('.0') && /^\d+\.0$/.test(value) ? value.slice(0, -2) : value;

/** Two digits from `11`, `(011)`, `0xx11` or `11.0`; undefined when Brazil has no such area code. */
export function parseAreaCode(text: string): string | undefined {
  const digits = withoutFraction(text)
    .replace(/[\s()]/g, '')
    .replace(/^0(?:xx)?/i, '');
  return isAreaCode(digits) ? digits : undefined;
}

/**
 * One number in E.164, after mending what time and habits do to it; `area` completes a number that is written without its
 * area code.
 */
export function readPhone(cell: string, area?: string): string | ValueProblem {
  const value = withoutFraction(cell);
  const match = usual.exec(value);
  if (match !== null) return `+55${match[1] ?? ''}${match[2] ?? ''}${match[3] ?? ''}`;
  const read = parseByContract('phone', value);
  if (typeof read === 'string') return read;
  const local = area === undefined ? null : withoutAreaCode.exec(value);
  if (local !== null) return readPhone(`${area ?? ''}${(local[1] ?? '').replace(' ', '')}${local[2] ?? ''}`);
  const old = withoutNinthDigit.exec(value);
  return old === null ? read : `+55${old[1] ?? ''}9${old[2] ?? ''}${old[3] ?? ''}`;
}

/**
 * The different numbers of a cell, in E.164: people write `(11) 98765-4321 / 3333-4444`, where the first gives the second its
 * area code.
 */
export function readPhones(cell: string, area: string | undefined): readonly string[] | ValueProblem {
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

/**
 * The numbers of a cell that says whose they are, such as `(11) 98765-4321 (mãe)`. Words part them, so that no digits are
 * joined that stand apart.
 */
export function readNotedPhones(cell: string, area: string | undefined): readonly string[] | ValueProblem {
  const parts = cell
    .replace(/\p{L}[\p{L}\p{M}]*/gu, '/')
    .split(separators)
    .map((part) => part.replace(/^[\s.:)-]+|[\s.:(-]+$/g, ''))
    .filter((part) => /\d/.test(part));
  return readPhones(parts.join('/'), area);
}
