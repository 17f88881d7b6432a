import { Command } from 'commander';
import type { StoredArchive } from '../../server/backup/archive-source.ts';
import type { ArchiveSummary } from '../../server/backup/manifest.ts';
import type { Config } from '../../server/config.ts';
import { decryptionOf } from '../archive-keys.ts';
import { bucketOf } from '../bucket.ts';
import { counted, note, say, sayJson } from '../output.ts';
import { withDatabaseUrl } from '../with-database.ts';

interface Options {
  readonly verifyOnly?: true;
  readonly passphraseFile?: string;
  readonly identity?: string;
  readonly json?: true;
}

export const restoreCommand = new Command('restore')
  .description('restore an archive of `acolhe backup` into the empty database of the environment: all of it or nothing')
  .argument('<file>', 'the archive, or s3://bucket/key')
  .option('--verify-only', 'restore into a scratch database that is thrown away, and touch nothing else')
  .option('--passphrase-file <file>', 'the passphrase that opens the archive')
  .option('--identity <file>', 'the age key file that opens the archive')
  .option('--json', 'the result as JSON')
  .addHelpText(
    'after',
    '\nEveryone has to sign in again afterwards: sessions are ended, sign-in codes and waiting mails are not in archives.',
  )
  .action(async (file: string, options: Options) => {
    const key = await decryptionOf(options);
    const { restoreBackup, verifyArchive } = await import('../../server/backup/service.ts');
    const run = options.verifyOnly === true ? verifyArchive : restoreBackup;
    const summary = await withDatabaseUrl(async (url, config) => {
      const archive = file.startsWith('s3://') ? await storedArchive(file, config) : file;
      return run({ url, file: archive, key, log: note });
    });
    if (options.json === true) sayJson(summary);
    else describe(summary, options.verifyOnly === true ? 'verified' : 'restored');
  });

async function storedArchive(address: string, config: Config): Promise<StoredArchive> {
  const { bucket, key } = await bucketOf(address, config);
  return bucket.archive(key);
}

function describe({ createdAt, release, contents, id }: ArchiveSummary, done: string): void {
  for (const { name, rows, sha256 } of contents) say(`${name.padEnd(24)}${String(rows).padStart(10)}  ${sha256}`);
  note(
    `${done}: archive ${id} of ${createdAt}, release ${release.version} (${release.commit}), ${counted(contents.length, 'table')} with equal counts and hashes`,
  );
}
