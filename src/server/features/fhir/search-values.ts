import { invalidField } from '../../domain-error.ts';

/** Splits at commas that are not escaped, and resolves escapes (R4 search, “Escaping Search Parameters”). */
export function splitAlternatives(text: string): string[] {
  const parts = text.match(/(?:\\[\s\S]|[^,\\])+|\\$/g) ?? [];
  return parts.filter((part) => part !== '');
}

/** `\,`, `\|`, `\$` and `\\` without their escape. */
export const unescape = (text: string): string => text.replace(/\\([,|$\\])/g, '$1');

export interface Token {
  /** Undefined: any system; empty: none. */
  readonly system: string | undefined;
  /** Undefined: any value of the system. */
  readonly value: string | undefined;
}

/** `system|value`, `|value`, `system|`, `value`. */
export function parseToken(text: string): Token {
  const at = /(?<!\\)\|/.exec(text)?.index;
  if (at === undefined) return { system: undefined, value: unescape(text) };
  const value = unescape(text.slice(at + 1));
  return { system: unescape(text.slice(0, at)), value: value === '' ? undefined : value };
}

const prefixes = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb'] as const;

export interface DateRange {
  readonly prefix: (typeof prefixes)[number];
  /** The first moment that the value covers, and the first one after it: days `YYYY-MM-DD`, or instants of RFC 3339. */
  readonly from: string;
  readonly to: string;
  readonly kind: 'day' | 'instant';
}

const pattern =
  /^(?<prefix>[a-z]{2})?(?<year>\d{4})(?:-(?<month>\d{2})(?:-(?<day>\d{2})(?:T(?<time>\d{2}:\d{2})(?::(?<seconds>\d{2})(?:\.\d{1,9})?)?(?<zone>Z|[+-]\d{2}:\d{2}))?)?)?$/;

/** A date with a prefix, of any precision (R4 search, `date`). Throws invalid_request. */
export function parseDateRange(parameter: string, text: string): DateRange {
  // A plus sign that was not encoded arrives as a space.
  const groups = pattern.exec(text.replace(' ', '+'))?.groups;
  const prefix = prefixes.find((known) => known === (groups?.['prefix'] ?? 'eq'));
  if (groups === undefined || prefix === undefined) throw invalidField(parameter, 'invalid_value');
  const { year = '', month, day, time, seconds, zone = 'Z' } = groups;
  if (time !== undefined) {
    const start = new Date(`${year}-${month ?? ''}-${day ?? ''}T${time}:${seconds ?? '00'}${zone}`);
    if (Number.isNaN(start.getTime()) || !isDay(`${year}-${month ?? ''}-${day ?? ''}`))
      throw invalidField(parameter, 'invalid_value');
    const to = new Date(start.getTime() + (seconds === undefined ? 60_000 : 1000));
    return { prefix, kind: 'instant', from: start.toISOString(), to: to.toISOString() };
  }
  const from = `${year}-${month ?? '01'}-${day ?? '01'}`;
  if (year === '0000' || !isDay(from)) throw invalidField(parameter, 'invalid_value');
  const next = new Date(`${from}T00:00:00Z`);
  if (day !== undefined) next.setUTCDate(next.getUTCDate() + 1);
  else if (month !== undefined) next.setUTCMonth(next.getUTCMonth() + 1);
  else next.setUTCFullYear(next.getUTCFullYear() + 1);
  // Beyond the year 9999 nothing follows.
  const to = next.getUTCFullYear() > 9999 ? '9999-12-31' : next.toISOString().slice(0, 10);
  return { prefix, kind: 'day', from, to };
}

/** Whether there is such a day: no 30th of February. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}
