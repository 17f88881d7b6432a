import type { Shelf } from '../server/backup/shelf.ts';
import type { Config } from '../server/config.ts';
import type { LedgerEntry } from '../server/features/anonymizing/api.ts';
import { formatCount, printNote } from './output.ts';

/**
 * Runs what brings clients back with everybody who was made anonymous, by the files of this machine and those beside the archive.
 * They are written down here afterwards, for whatever is restored later.
 */
export async function withAnonymized<T>(
  shelf: Shelf,
  config: Config,
  work: (anonymized: readonly LedgerEntry[]) => Promise<T>,
): Promise<T> {
  const [{ readListBeside }, { Ledger }, { BackupError }] = await Promise.all([
    import('../server/backup/anonymized-list.ts'),
    import('../server/features/anonymizing/api.ts'),
    import('../server/backup/backup-error.ts'),
  ]);
  const ledger = new Ledger(config);
  const beside = await readListBeside(shelf).catch((error: unknown) => {
    if (!(error instanceof BackupError)) throw error;
    printNote(
      `${error.message}: whether people were made anonymous is not known from there. If ${shelf.name} has files named ` +
        `anonymized*.jsonl, put their lines into ${config.dataDir}/anonymized.jsonl before a server starts.`,
    );
    return [];
  });
  const done = await work([...(await ledger.read()), ...beside]);
  await ledger.add(beside);
  return done;
}

export function printAnonymizedAgain({ anonymizedAgain }: { readonly anonymizedAgain: number }): void {
  if (anonymizedAgain > 0) printNote(`${formatCount(anonymizedAgain, 'client')} made anonymous again`);
}
