import { completeBirthYear } from '../../../../shared/birth-year.ts';
import { foldText } from '../../../../shared/fold-text.ts';
import { plainSpelling } from '../../../../shared/plain-spelling.ts';

/** Formats a plain date `1981-03-05` as people write it: `05/03/1981`. */
export const writeBirthDate = (plain: string): string => plain.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3/$2/$1');

const monthNames = ['jan', 'fev', 'mar', 'abr', 'mai', 'jun', 'jul', 'ago', 'set', 'out', 'nov', 'dez'];
/** English names that begin otherwise. */
const otherNames: Readonly<Record<string, string>> = {
  feb: 'fev',
  apr: 'abr',
  may: 'mai',
  aug: 'ago',
  sep: 'set',
  oct: 'out',
  dec: 'dez',
};

/** Takes away what comes along with a pasted date: the time of day, and an age in brackets. */
function dateAlone(text: string): string {
  const bracket = text.endsWith(')') ? text.indexOf('(') : -1;
  const withoutAge = bracket < 0 ? text : text.slice(0, bracket).trimEnd();
  return withoutAge
    .replace(/[T\s,]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/i, '')
    .trimEnd()
    .replace(/,$/, '');
}

/** `5 de março de 1981`, `05-mar-81`: with the month as a number. */
function withMonthNumber(text: string): string {
  const words = foldText(text).split(/[\s/.,-]+/);
  const [day, name = '', year, ...more] = words.filter((word) => word !== '' && word !== 'de');
  const start = /^[a-z]{3}/.exec(name)?.[0];
  if (start === undefined || day === undefined || year === undefined || more.length > 0) return text;
  const month = monthNames.indexOf(otherNames[start] ?? start) + 1;
  return month === 0 ? text : `${day}/${String(month)}/${year}`;
}

/**
 * Reads a date as people write or paste it (`5/3/1981`, `05.03.81`, `05031981`, `5 de março de 1981`, `1981-03-05`,
 * `1981/03/05 00:00`) as a plain date `YYYY-MM-DD`;
 * undefined when it is none. `thisYear` decides the century of a year of two digits. Whether the day exists is checked by the
 * contract.
 */
export function readBirthDate(written: string, thisYear = new Date().getFullYear()): string | undefined {
  const text = withMonthNumber(dateAlone(plainSpelling(written)));
  const [, y, m = '', d = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? [];
  if (y !== undefined) return `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  const parts =
    /^(\d{1,2})[/.\s-]+(\d{1,2})[/.\s-]+(\d{4}|\d{2})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text);
  if (parts === null) return undefined;
  const [, day = '', month = '', year = ''] = parts;
  return `${completeBirthYear(year, thisYear)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
