// What people and other software write into cells besides a plain value.

import { tagSeparators } from '../../../../../shared/tag-separators.ts';
import { plainSpelling } from '../../../../../shared/plain-spelling.ts';
import { readers } from './values.ts';

/** Whether a cell is a birthday without year, as in contact lists: `--05-10`, `10/05`. */
export const isYearless = (cell: string): boolean => /^(?:--\d\d?-\d\d?|\d\d?\/\d\d?)$/.test(cell);

const longestEmails = 2000;

/** The first of several e-mails, if all are valid: `ana@exemplo.com; bia@exemplo.com`, `Ana <ana@exemplo.com>`. */
export function firstEmail(cell: string): string | undefined {
  if (cell.length > longestEmails) return undefined;
  const emails = plainSpelling(cell)
    .split(/[\s;:,|/<>()"]+/)
    .filter((part) => part.includes('@'));
  const [first, ...others] = emails.map((email) => readers.email(email.replace(/\.$/, '')));
  return typeof first === 'string' && others.every((email) => typeof email === 'string') ? first : undefined;
}

/** Groups that Google adds to contacts automatically. */
const googlesOwn: ReadonlySet<string> = new Set(['* myContacts', '* starred', '* friends', '* family', '* coworkers']);

/** Splits tags in one cell, as people write them or as a JSON list, which our export uses if necessary. */
export function tagsOf(cell: string): string[] {
  const list = cell.startsWith('[') ? parseJson(cell) : undefined;
  if (Array.isArray(list) && list.every((tag) => typeof tag === 'string')) return list;
  // Our own export separates by `|`, so that tags may contain commas.
  const separator = cell.includes('|') ? '|' : tagSeparators;
  return cell
    .split(separator)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '' && !googlesOwn.has(tag));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The texts of a JSON object, as our export writes `extra`; undefined for anything else. */
export function textsOf(cell: string): Record<string, string> | undefined {
  const parsed = parseJson(cell);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const texts = Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}
