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
