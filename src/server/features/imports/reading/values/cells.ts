// What people and other software write into cells besides, or instead of, a plain value.

import { tagSeparators } from '../../../../../shared/tag-separators.ts';
import { plainSpelling } from '../../../../../shared/plain-spelling.ts';
import { readers } from './values.ts';

/** `--05-10`, `10/05`: a birthday without its year, which lists of contacts have. */
export const isYearless = (cell: string): boolean => /^(?:--\d\d?-\d\d?|\d\d?\/\d\d?)$/.test(cell);

const longestEmails = 2000;

/** The first of several e-mails if all are valid: `ana@exemplo.com; bia@exemplo.com`, `Ana <ana@exemplo.com>`. */
export function firstEmail(cell: string): string | undefined {
  if (cell.length > longestEmails) return undefined;
  const emails = plainSpelling(cell)
    .split(/[\s;:,|/<>()"]+/)
    .filter((part) => part.includes('@'));
  const [first, ...others] = emails.map((email) => readers.email(email.replace(/\.$/, '')));
  return typeof first === 'string' && others.every((email) => typeof email === 'string') ? first : undefined;
}

/** Groups in which Google puts contacts by itself. */
const googlesOwn: ReadonlySet<string> = new Set(['* myContacts', '* starred', '* friends', '* family', '* coworkers']);

/** Tags as people write them in one cell, or as a JSON list where our own export had to. */
export function tagsOf(cell: string): string[] {
  const list = cell.startsWith('[') ? parseJson(cell) : undefined;
  if (Array.isArray(list) && list.every((tag) => typeof tag === 'string')) return list;
  // Our own export writes `|`, so that a comma within a tag stays.
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

/** The texts of a JSON object, as our own export writes `extra`; undefined when it is something else. */
export function textsOf(cell: string): Record<string, string> | undefined {
  const parsed = parseJson(cell);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const texts = Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}
