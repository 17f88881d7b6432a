/** A birth date or birthday that somebody searches for; `year` as typed, with two or four digits. */
interface BirthQuery {
  readonly day: number;
  readonly month: number;
  readonly year: string | undefined;
}

/** Reads “31/12”, “31/12/80”, “31/12/1980” and “1980-12-31”, as the server's search does (app.birth_condition). */
export function readBirthQuery(query: string): BirthQuery | undefined {
  const [, day, month, year] = /^\s*(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?\s*$/.exec(query) ?? [];
  const [, isoYear, isoMonth, isoDay] = /^\s*(\d{4})-(\d{2})-(\d{2})\s*$/.exec(query) ?? [];
  const read = { day: Number(day ?? isoDay), month: Number(month ?? isoMonth), year: year ?? isoYear };
  const isDate = read.day >= 1 && read.day <= 31 && read.month >= 1 && read.month <= 12;
  return isDate ? read : undefined;
}

/** Whether a date of birth `YYYY-MM-DD` is the one searched for. */
export function isBornOn(dateOfBirth: string | null, { day, month, year = '' }: BirthQuery): boolean {
  if (dateOfBirth === null) return false;
  const [bornYear = '', bornMonth, bornDay] = dateOfBirth.split('-');
  return bornYear.endsWith(year) && Number(bornMonth) === month && Number(bornDay) === day;
}
