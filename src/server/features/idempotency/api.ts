// Idempotency keys, for features whose POST creates a record.

export { makeSecret, repeatSecret } from './repeatable-secret.ts';
export { claimCreation, earlierRecord } from './service.ts';
