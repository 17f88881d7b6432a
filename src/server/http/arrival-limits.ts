import { readFileSync } from 'node:fs';
import type { ArrivalLimits } from './arrivals.ts';

/** File descriptors kept free for the database, files and mail. */
const reserved = 200;

/** The most files, and so connections, that this process may open. Infinity without /proc. */
function readOpenFilesLimit(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    return Number(/^Max open files +(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** The limits of this process; docs/security.md explains them. */
export const chooseArrivalLimits = (): ArrivalLimits => ({
  connections: Math.max(100, Math.min(8000, readOpenFilesLimit() - reserved)),
  perAddress: 256,
  patience: 2,
  body: { seconds: 30, grace: 10, bytesPerSecond: 256 },
  upload: { seconds: 600, window: 20, bytesPerSecond: 8 * 1024 },
  afterAnswer: 5,
});
