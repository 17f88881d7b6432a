/**
 * A year of birth as people write it, whole: of two digits it is the latest such year that is not after `thisYear`. Somebody
 * over a hundred has to be written with four.
 */
export function wholeBirthYear(year: string, thisYear: number): string {
  if (year.length === 4) return year;
  const century = Math.floor(thisYear / 100) * 100;
  const candidate = century + Number(year);
  return String(candidate > thisYear ? candidate - 100 : candidate);
}
