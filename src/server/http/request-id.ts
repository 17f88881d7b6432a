import { randomFillSync } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

const size = 16;
/** Asking the system for random bytes costs more than the rest of an id, so they are fetched for many at once. */
const pool = Buffer.alloc(size * 256);
let used = pool.length;

/** An id for a request (UUID version 7, RFC 9562). */
export function createRequestId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + size);
  used += size;
  return uuidv7({ random });
}
