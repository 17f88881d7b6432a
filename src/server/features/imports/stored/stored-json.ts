/** Replaces NULs and lone surrogates, which refused rows may contain and PostgreSQL does not store, by `\ufffd`. */
export const storedJson = (value: unknown) =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'string' ? inner.toWellFormed().replaceAll('\0', '\ufffd') : inner,
  );
