/** Half a second in days: spreadsheets may store slightly less than the whole day that they show. */
const slack = 1 / 172_800;

/**
 * Converts a spreadsheet's number of days to `YYYY-MM-DD`; returns the number itself if it is no date. Day 60 of the 1900 system
 * is 29 February 1900, which did not exist.
 */
export function dateOfSerial(serial: number, date1904 = false): string {
  const days = Math.floor(serial + slack);
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const date = new Date(epoch + days * 86_400_000);
  return Number.isNaN(date.getTime()) ? String(serial) : date.toISOString().slice(0, 10);
}

/** The same with the time of day, to the minute, if the number has one: `2026-12-10 14:30`. */
export function momentOfSerial(serial: number, date1904: boolean): string {
  const date = dateOfSerial(serial, date1904);
  const minutes = Math.floor(((serial + slack) % 1) * 1440);
  if (minutes <= 0 || serial < 1) return date;
  const clock = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
  return `${date} ${clock.join(':')}`;
}
