import type { Feature } from '../../feature.ts';
import { purges } from './purge-queries.ts';

/** Names that programs give to creations, so that repeating one does not create twice. */
export const idempotency: Feature = { name: 'idempotency', tables: ['idempotency_keys'], purges };
