/**
 * A spreadsheet's count of days as a plain date, or the number itself if it is no date. Day 60 of the 1900 system is
 * 29 February 1900, which did not exist.
 */
export function dateOfSerial(serial: number, date1904 = false): string {
  // Sums of fractions fall short of a whole day by less than any sheet shows.
  const days = Math.floor(serial + secondsShort / 86_400);
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const date = new Date(epoch + days * 86_400_000);
  return Number.isNaN(date.getTime()) ? String(serial) : date.toISOString().slice(0, 10);
}

const secondsShort = 0.001;
