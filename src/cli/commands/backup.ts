import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import type { EncryptTo } from '../../server/backup/encryption.ts';
import type { BackupOptions, BackupResult } from '../../server/backup/service.ts';
import type { Config } from '../../server/config.ts';
import { notEncryptedNotice, readEncryptionKey, readVerificationKey } from '../archive-keys.ts';
import { choosePlace, describePlace } from '../archive-place.ts';
import { CommandFailure } from '../failure.ts';
import { formatCount, printNote, printLine, printJson } from '../output.ts';
import { withDatabaseUrl } from '../with-database.ts';

interface Options {
  readonly output?: string;
  readonly verify?: true;
  readonly passphraseFile?: string;
  readonly recipient?: readonly string[];
  readonly identity?: string;
  readonly keep?: string;
  readonly json?: true;
}

export const backupCommand = new Command('backup')
  .description('write everything in the database, as it is at one moment, into one archive')
  .option(
    '-o, --output <file>',
    'where to; a folder, or s3://bucket/folder/, gets a file named by the time, - is stdout (default: DATA_DIR/backups)',
  )
  .option('--verify', 'restore the archive into a scratch database before calling it good')
  .option('--passphrase-file <file>', 'encrypt with the passphrase in this file')
  .option('--recipient <key...>', 'encrypt for age public keys (age1…)')
  .option('--identity <file>', 'with --recipient and --verify: the age key file that opens the archive')
  .option('--keep <n>', 'afterwards remove all but the newest n archives of that folder')
  .option('--json', 'the result as JSON')
  .addHelpText(
    'after',
    '\nThe archive is a tar file in gzip, or that in age’s format. Keep SECRET_KEY and this release’s name beside it.',
  )
  .action(async (options: Options) => {
    const keep = options.keep === undefined ? undefined : parseKeep(options.keep);
    const encryptTo = await readEncryptionKey(options);
    const verifyWith = options.verify === true ? { key: await readVerificationKey(options, encryptTo) } : undefined;
    if (options.output === '-') return streamBackup(options, encryptTo);
    const { makeArchiveName } = await import('../../server/backup/retention.ts');
    await withDatabaseUrl(async (url, config) => {
      const place = await choosePlace(
        options.output ?? (await makeBackupsFolder(config)),
        config,
        makeArchiveName(new Date(), encryptTo !== undefined),
      );
      const work = { url, place, release: config.release, encryptTo, verifyWith, log: printNote };
      const { file, made, removed } = await backUpTo(work, config, keep);
      const { id, createdAt, bytes, contents } = made;
      const encrypted = encryptTo !== undefined;
      if (!encrypted) printNote(notEncryptedNotice);
      if (options.json === true)
        printJson({ file, id, createdAt, bytes, encrypted, verified: options.verify === true, contents, removed });
      else {
        printLine(file);
        const rows = contents.reduce((sum, content) => sum + content.rows, 0);
        printNote(
          `${formatCount(rows, 'row')} in ${formatCount(contents.length, 'table')}, ${formatCount(bytes, 'byte')}${verifyWith === undefined ? '' : ', restored and compared'}`,
        );
        for (const old of removed) printNote(`removed ${old}`);
      }
    });
  });

/** The folder of backups that nobody gave a place. It is made when it is missing. */
async function makeBackupsFolder({ dataDir }: Config): Promise<string> {
  const folder = join(dataDir, 'backups');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

interface Done {
  readonly file: string;
  readonly made: BackupResult;
  readonly removed: readonly string[];
}

/** Backs up, writes beside the archive who was made anonymous, and removes older archives. */
async function backUpTo(work: BackupOptions, config: Config, keep: number | undefined): Promise<Done> {
  const [
    { backUp, listAnonymous },
    { keepListBeside },
    { folderOf, shelfOfFile, shelfOfObject },
    retention,
    { Ledger },
  ] = await Promise.all([
    import('../../server/backup/service.ts'),
    import('../../server/backup/anonymized-list.ts'),
    import('../../server/backup/shelf.ts'),
    import('../../server/backup/retention.ts'),
    import('../../server/features/anonymizing/api.ts'),
  ]);
  const { url, place } = work;
  const made = await backUp(work);
  const shelf = 'file' in place ? shelfOfFile(place.file) : shelfOfObject(place.bucket, place.key);
  await keepListBeside(shelf, await listAnonymous(url, new Ledger(config)), new Date());
  const done = { file: describePlace(place), made };
  if (keep === undefined) return { ...done, removed: [] };
  const removed =
    'file' in place
      ? await retention.removeOldArchives(dirname(place.file), keep)
      : await retention.removeOldObjects(place.bucket, folderOf(place.key), keep);
  return { ...done, removed };
}

/** Writes the archive to stdout. An archive that is not on disk cannot be verified, counted or removed. */
async function streamBackup(options: Options, encryptTo: EncryptTo | undefined): Promise<void> {
  if (options.verify === true || options.keep !== undefined || options.json === true)
    throw new CommandFailure(
      '--output - goes with neither --verify nor --keep nor --json: verify where the archive lands, with `acolhe restore FILE --verify-only`.',
    );
  const [{ makeBackup }, { recordBackup }] = await Promise.all([
    import('../../server/backup/make-backup.ts'),
    import('../../server/backup/service.ts'),
  ]);
  if (encryptTo === undefined) printNote(notEncryptedNotice);
  await withDatabaseUrl(async (url, { release }) => {
    const { id } = await makeBackup({ url, release, output: process.stdout, encryptTo, log: printNote });
    await recordBackup(url, id);
  });
}

function parseKeep(text: string): number {
  const keep = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : undefined;
  if (keep === undefined) throw new CommandFailure('--keep takes a whole number from 1 on.');
  return keep;
}
