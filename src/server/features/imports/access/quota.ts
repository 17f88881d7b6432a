import type { Transaction } from '../../../db/transaction.ts';
import { type DomainError, type ErrorFacts, limitReached } from '../../../domain-error.ts';
import { countImportUse, type ImportUse, lockQuota } from './quota-queries.ts';

const gigabyte = 1024 ** 3;

/** Limits for the imports of one clinic, on all servers together. */
export const quota = {
  /** The most imports that are queued or running. */
  waiting: 20,
  /** The most bytes of stored files. They are kept for a day, to be imported or repeated. */
  keptBytes: gigabyte,
  /** Files and bytes within any 24 hours. */
  uploads: 100,
  uploadedBytes: 2 * gigabyte,
} as const;

const keptDays = 1;
/** Seconds to wait when too many are queued; imports of a clinic run one after the other. */
const turnOfAnImport = 60;

/** What a request would add to the use. */
interface Addition {
  readonly imports: number;
  readonly uploads: number;
  readonly bytes: number;
}

/**
 * Throws too_many_imports if a request would exceed the quota, before anything is stored. Does not see simultaneous requests:
 * `assertWithin` counts those.
 */
export const assertRoom = async (tx: Transaction, added: Addition): Promise<void> => {
  refuse(await countImportUse(tx, keptDays), added);
};

/** Counts again, after adding, under the lock; call it at the end, so that others wait briefly. Throws too_many_imports. */
export async function assertWithin(tx: Transaction, clinicId: string): Promise<void> {
  await lockQuota(tx, clinicId);
  refuse(await countImportUse(tx, keptDays), { imports: 0, uploads: 0, bytes: 0 });
}

function refuse(use: ImportUse, { imports, uploads, bytes }: Addition): void {
  if (use.waiting + imports > quota.waiting)
    throw tooMany(turnOfAnImport, { reason: 'imports_in_line', count: quota.waiting });
  if (use.uploads + uploads > quota.uploads || use.uploadedBytes + bytes > quota.uploadedBytes)
    throw tooMany(use.dayEndsIn, { reason: 'uploads_of_a_day', count: quota.uploads });
  if (use.keptBytes + bytes > quota.keptBytes) throw tooMany(use.keptEndsIn, { reason: 'kept_files' });
}

const tooMany = (seconds: number, why: Pick<ErrorFacts, 'reason' | 'count'>): DomainError =>
  limitReached('too_many_imports', Math.max(1, seconds), why);
