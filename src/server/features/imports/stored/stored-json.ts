/** JSON text for PostgreSQL. NUL and lone surrogates, which it cannot store, are replaced by `\ufffd`. */
export const storedJson = (value: unknown) =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'string' ? inner.toWellFormed().replaceAll('\0', '\ufffd') : inner,
  );
