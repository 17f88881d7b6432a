/** Headers of a creation. `replayed`: an earlier request with the same Idempotency-Key created the record. */
export const writeCreatedHeaders = (path: string | undefined, replayed: boolean): Record<string, string> => ({
  ...(path === undefined ? {} : { location: `/api/v1${path}` }),
  ...(replayed ? { 'idempotency-replayed': 'true' } : {}),
});
