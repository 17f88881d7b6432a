/** Headers of an answer that a record was made, or had been by an earlier request with the same Idempotency-Key. */
export const createdHeaders = (path: string, replayed: boolean): Record<string, string> => ({
  location: `/api/v1${path}`,
  ...(replayed ? { 'idempotency-replayed': 'true' } : {}),
});
