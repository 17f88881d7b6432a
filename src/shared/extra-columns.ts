/** What imported columns may hold in one client: columns, and bytes of all of them as JSON in UTF-8. */
const limits = { columns: 512, bytes: 64 * 1024 } as const;

/** The bytes that imported columns count with. */
const countBytes = (extra: unknown): number => new TextEncoder().encode(JSON.stringify(extra)).length;

/** Whether imported columns are more than one client may hold. */
export const isTooMuchExtra = (extra: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(extra).length > limits.columns || countBytes(extra) > limits.bytes;

/** Whether a change would fill imported columns beyond their bounds; those filled earlier may still get fewer. */
export function growsTooMuch(from: unknown, to: unknown): boolean {
  const [before, after] = [from ?? {}, to ?? {}] as Record<string, unknown>[];
  if (before === undefined || after === undefined || !isTooMuchExtra(after)) return false;
  return countBytes(after) > countBytes(before) || Object.keys(after).length > Object.keys(before).length;
}
