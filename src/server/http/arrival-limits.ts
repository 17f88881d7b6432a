import { readFileSync } from 'node:fs';
import type { ArrivalLimits } from './arrivals.ts';

/** Descriptors for the database, files and mail. */
const reserved = 200;

/** How many files this process may open; connections are files. Unknown where there is no /proc. */
function openFiles(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    return Number(/^Max open files +(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** The limits of a server; docs/security.md says why. */
export const arrivalLimits = (): ArrivalLimits => ({
  connections: Math.max(100, Math.min(8000, openFiles() - reserved)),
  perAddress: 256,
  patience: 2,
  body: { seconds: 30, grace: 10, bytesPerSecond: 256 },
  upload: { seconds: 600, window: 20, bytesPerSecond: 8 * 1024 },
  afterAnswer: 5,
});
