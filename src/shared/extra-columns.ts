/** Limits of one client's imported columns: their number, and the bytes of all of them as JSON in UTF-8. */
const limits = { columns: 512, bytes: 64 * 1024 } as const;

const countBytes = (extra: unknown): number => new TextEncoder().encode(JSON.stringify(extra)).length;

/** Whether imported columns exceed what one client may hold. */
export const isTooMuchExtra = (extra: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(extra).length > limits.columns || countBytes(extra) > limits.bytes;

/** Whether a change would exceed the limits. A client who exceeds them already may still be changed, but must not grow. */
export function growsTooMuch(from: unknown, to: unknown): boolean {
  const [before, after] = [from ?? {}, to ?? {}] as Record<string, unknown>[];
  if (before === undefined || after === undefined || !isTooMuchExtra(after)) return false;
  return countBytes(after) > countBytes(before) || Object.keys(after).length > Object.keys(before).length;
}
