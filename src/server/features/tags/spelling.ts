import type { Transaction } from '../../db/transaction.ts';
import { addMissingTags, selectSpellings } from './spelling-queries.ts';

/**
 * Tags in the clinic's spelling, each once; those that it does not have are added to it. Nobody can rename them until the
 * transaction ends. Call it before a client is locked, in the same round trip: whoever renames a tag locks the tag first.
 */
export async function spellTags(
  tx: Transaction,
  clinicId: string,
  written: readonly string[] | undefined,
): Promise<string[] | undefined> {
  if (written === undefined || written.length === 0) return written && [];
  const asked = await lookUp(tx, clinicId, written);
  // One that was renamed between the two statements is not the clinic's any more: it is added now.
  const spellings = written.every((tag) => asked.has(tag)) ? asked : await lookUp(tx, clinicId, written);
  return [...new Set(written.map((tag) => spellings.get(tag) ?? tag))];
}

/** Adds what is missing. @returns the clinic's spelling of each */
async function lookUp(
  tx: Transaction,
  clinicId: string,
  written: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const [, rows] = await Promise.all([addMissingTags(tx, clinicId, written), selectSpellings(tx, clinicId, written)]);
  return new Map(rows.map((row) => [row.written, row.name]));
}
