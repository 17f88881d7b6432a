/**
 * Completes a year of birth of two digits to four: the latest such year that is not after `thisYear`. For somebody over a
 * hundred all four digits have to be given.
 */
export function completeBirthYear(year: string, thisYear: number): string {
  if (year.length === 4) return year;
  const century = Math.floor(thisYear / 100) * 100;
  const candidate = century + Number(year);
  return String(candidate > thisYear ? candidate - 100 : candidate);
}
