/** Headers of a 201 answer. `replayed`: an earlier request with the same Idempotency-Key created the record. */
export const writeCreatedHeaders = (path: string, replayed: boolean): Record<string, string> => ({
  location: `/api/v1${path}`,
  ...(replayed ? { 'idempotency-replayed': 'true' } : {}),
});
