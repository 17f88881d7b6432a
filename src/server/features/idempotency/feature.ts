import type { Feature } from '../../feature.ts';
import { purges } from './purge-queries.ts';

/** Idempotency keys: repeating a creation with the same key does not create a second record. */
export const idempotency: Feature = {
  name: 'idempotency',
  tables: ['idempotency_keys'],
  purges,
  staysBehind: ['idempotency_keys'],
};
