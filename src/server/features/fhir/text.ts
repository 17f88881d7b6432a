/** Text as FHIR takes it: no other white space than space, tab and line ends, no control characters, never empty (R4, `string`). */
export function cleanText(value: string | null | undefined): string | undefined {
  const cleaned = value
    // oxlint-disable-next-line no-control-regex -- these are what is removed
    ?.replace(/[^\S \r\n\t]|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ' ')
    .trim();
  return cleaned === '' ? undefined : cleaned;
}

/** The texts that hold something; undefined instead of an empty list, which FHIR does not allow. */
export function cleanTexts(values: readonly (string | null | undefined)[]): string[] | undefined {
  const cleaned = values.flatMap((value) => cleanText(value) ?? []);
  return cleaned.length === 0 ? undefined : cleaned;
}

/** The items that there are; undefined instead of an empty list. */
export function presentItems<Item>(items: readonly (Item | undefined)[]): Item[] | undefined {
  const there = items.filter((item): item is Item => item !== undefined);
  return there.length === 0 ? undefined : there;
}

/**
 * A wall time with its offset from UTC: `2026-12-01T14:30:00-03:00`. UTC where the offset is none that FHIR can write, as before
 * time zones.
 */
export function formatInstant(instant: Date, localTime: string, offsetSeconds: number): string {
  const minutes = Math.abs(offsetSeconds) / 60;
  if (!Number.isInteger(minutes) || minutes > 14 * 60) return instant.toISOString();
  const pad = (value: number): string => String(value).padStart(2, '0');
  const sign = offsetSeconds < 0 ? '-' : '+';
  return `${localTime}${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
