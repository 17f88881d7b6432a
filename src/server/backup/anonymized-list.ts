import { formatLedger, type LedgerEntry, parseLedger } from '../features/anonymizing/api.ts';
import { BackupError } from './backup-error.ts';
import { stampOf } from './retention.ts';
import type { Shelf } from './shelf.ts';

const listName = 'anonymized.jsonl';
const isList = (name: string): boolean => /^anonymized(-\d{8}T\d{6}Z)?\.jsonl$/.test(name);

/** Who was made anonymous, as it is written down beside archives. Throws BackupError where a bucket does not let it be read. */
export async function readListBeside(shelf: Shelf): Promise<LedgerEntry[]> {
  const names = (await shelf.list()).filter(isList).sort();
  return (await Promise.all(names.map((name) => shelf.read(name)))).flatMap(parseLedger);
}

/**
 * Writes beside an archive who was made anonymous, so that it is known where the archive is restored, whatever became of the machine.
 * Whoever was written down there before stays. Where the credentials may only write, the list gets a name of its own.
 * @returns the name of the file, undefined when nobody was made anonymous
 */
export async function keepListBeside(
  shelf: Shelf,
  entries: readonly LedgerEntry[],
  moment: Date,
): Promise<string | undefined> {
  const before = await readListBeside(shelf).catch((error: unknown) => {
    if (error instanceof BackupError) return undefined;
    throw error;
  });
  const content = formatLedger([...(before ?? []), ...entries]);
  if (content === '') return undefined;
  const name = before === undefined ? `anonymized-${stampOf(moment)}.jsonl` : listName;
  await shelf.write(name, content);
  return name;
}
