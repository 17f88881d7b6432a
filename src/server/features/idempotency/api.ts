// Idempotency keys, for features whose POST creates a record.

export { claimCreation, earlierRecord } from './service.ts';
