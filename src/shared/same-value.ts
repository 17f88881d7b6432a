/** JSON with the keys of every object sorted. */
const stringifySorted = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );

/** Whether two values are the same as JSON, whatever the order of an object's keys. Undefined counts as null. */
export const isSameValue = (a: unknown, b: unknown): boolean =>
  a === b || stringifySorted(a ?? null) === stringifySorted(b ?? null);
