import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import type { DecryptWith, EncryptTo } from '../../server/backup/encryption.ts';
import type { ArchiveSummary } from '../../server/backup/manifest.ts';
import type { FileBackupOptions } from '../../server/backup/service.ts';
import type { Config } from '../../server/config.ts';
import { notEncryptedNotice, readDecryptionKey, readEncryptionKey } from '../archive-keys.ts';
import { openBucketAt } from '../bucket.ts';
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
    await withDatabaseUrl(async (url, config) => {
      const work = { url, release: config.release, encryptTo, verifyWith, log: printNote };
      const { file, made, removed } =
        options.output?.startsWith('s3://') === true
          ? await backUpToStore(options.output, config, work, keep)
          : await backUpToDisk(options.output, config, work, keep);
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

type Work = Omit<FileBackupOptions, 'file'>;

interface Done {
  readonly file: string;
  readonly made: ArchiveSummary & { readonly bytes: number };
  readonly removed: readonly string[];
}

async function backUpToDisk(
  output: string | undefined,
  config: Config,
  work: Work,
  keep: number | undefined,
): Promise<Done> {
  const [{ backUpToFile }, { removeOldArchives }] = await Promise.all([
    import('../../server/backup/service.ts'),
    import('../../server/backup/retention.ts'),
  ]);
  const file = await chooseFile(output, config, work.encryptTo !== undefined);
  const made = await backUpToFile({ ...work, file });
  return { file, made, removed: keep === undefined ? [] : await removeOldArchives(dirname(file), keep) };
}

async function backUpToStore(output: string, config: Config, work: Work, keep: number | undefined): Promise<Done> {
  const [{ backUpToBucket }, { makeArchiveName, removeOldObjects }] = await Promise.all([
    import('../../server/backup/service.ts'),
    import('../../server/backup/retention.ts'),
  ]);
  const { bucket, key: given } = await openBucketAt(output, config);
  const isFolder = given === '' || given.endsWith('/');
  const key = isFolder ? `${given}${makeArchiveName(new Date(), work.encryptTo !== undefined)}` : given;
  // A name made from the time is new, and credentials that may only write could not check.
  if (!isFolder && (await bucket.exists(key)))
    throw new CommandFailure(`${bucket.archive(key).name} exists already: give another name.`);
  const made = await backUpToBucket({ ...work, bucket, key });
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  return {
    file: bucket.archive(key).name,
    made,
    removed: keep === undefined ? [] : await removeOldObjects(bucket, folder, keep),
  };
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

async function chooseFile(output: string | undefined, config: Config, encrypted: boolean): Promise<string> {
  const { makeArchiveName } = await import('../../server/backup/retention.ts');
  const name = makeArchiveName(new Date(), encrypted);
  if (output === undefined) return join(config.dataDir, 'backups', name);
  const path = resolve(output);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true || (found === undefined && output.endsWith('/'))) return join(path, name);
  if (found !== undefined) throw new CommandFailure(`${basename(path)} exists already: give another name.`);
  return path;
}

async function readVerificationKey(
  options: Options,
  encryptTo: EncryptTo | undefined,
): Promise<DecryptWith | undefined> {
  if (encryptTo === undefined) return undefined;
  if ('passphrase' in encryptTo) return encryptTo;
  if (options.identity === undefined)
    throw new CommandFailure(
      'To verify what is encrypted for a recipient, give the key that opens it: --identity FILE.',
    );
  return readDecryptionKey({ identity: options.identity });
}

function parseKeep(text: string): number {
  const keep = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : undefined;
  if (keep === undefined) throw new CommandFailure('--keep takes a whole number from 1 on.');
  return keep;
}
