import { completeBirthYear } from '../../../../shared/birth-year.ts';
import { plainSpelling } from '../../../../shared/plain-spelling.ts';

/** Formats a plain date `1981-03-05` as people write it: `05/03/1981`. */
export const writeBirthDate = (plain: string): string => plain.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3/$2/$1');

/**
 * Reads a date as people write it (`5/3/1981`, `05.03.81`, `05031981`, also `1981-03-05`) as a plain date `YYYY-MM-DD`;
 * undefined when it is none. `thisYear` decides the century of a year of two digits. Whether the day exists is checked by the
 * contract.
 */
export function readBirthDate(written: string, thisYear = new Date().getFullYear()): string | undefined {
  const text = plainSpelling(written);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  const parts =
    /^(\d{1,2})[/.\s-]+(\d{1,2})[/.\s-]+(\d{4}|\d{2})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text);
  if (parts === null) return undefined;
  const [, day = '', month = '', year = ''] = parts;
  return `${completeBirthYear(year, thisYear)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
