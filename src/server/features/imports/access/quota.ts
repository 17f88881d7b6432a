import type { Transaction } from '../../../db/transaction.ts';
import { type DomainError, type ErrorFacts, limitReached } from '../../../domain-error.ts';
import { countImportUse, type ImportUse, lockQuota } from './quota-queries.ts';

const gigabyte = 1024 ** 3;

/** What the imports of one clinic may take up, on all servers together. */
export const quota = {
  /** Imports that are queued or running. */
  waiting: 20,
  /** Bytes of files that are kept for a day, to be imported or repeated. */
  keptBytes: gigabyte,
  /** Within any 24 hours. */
  uploads: 100,
  uploadedBytes: 2 * gigabyte,
} as const;

const keptDays = 1;
/** Seconds; imports of a clinic run one after the other. */
const turnOfAnImport = 60;

/** What a request would add. */
interface Addition {
  readonly imports: number;
  readonly uploads: number;
  readonly bytes: number;
}

/**
 * Refuses what would be too much before anything is stored. Those who ask at the same time are counted by `assertWithin`.
 * Throws too_many_imports.
 */
export const assertRoom = async (tx: Transaction, added: Addition): Promise<void> => {
  refuse(await countImportUse(tx, keptDays), added);
};

/** Counts once more what is there now, one of a clinic at a time: at the end, so that others wait briefly. Throws too_many_imports. */
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
