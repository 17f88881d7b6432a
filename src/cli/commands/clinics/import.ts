import { Command } from 'commander';
import { printAnonymizedAgain, withAnonymized } from '../../anonymized.ts';
import { readDecryptionKey } from '../../archive-keys.ts';
import { openArchive } from '../../archive-place.ts';
import { toOperatorCaller } from '../../operator.ts';
import { formatCount, printJson, printLine, printNote } from '../../output.ts';
import { requireMigrated } from '../../pending.ts';
import { withDatabaseUrl } from '../../with-database.ts';

interface Options {
  readonly name?: string;
  readonly passphraseFile?: string;
  readonly identity?: string;
  readonly json?: true;
}

export const importCommand = new Command('import')
  .description('take the clinic of an archive into this installation, beside those that are here: all of it or nothing')
  .argument('<file>', 'an archive of `acolhe clinics export`, or s3://bucket/key')
  .option('--name <name>', 'what it is called here, when another clinic has its name')
  .option('--passphrase-file <file>', 'the passphrase that opens the archive')
  .option('--identity <file>', 'the age key file that opens the archive')
  .option('--json', 'the result as JSON')
  .addHelpText(
    'after',
    '\nThe clinic comes in suspended: look through it, then `acolhe clinics resume`. Nobody stays signed in; passkeys, calendar' +
      '\naddresses and links in messages are made anew. The archive has to be made with the same schema as here.',
  )
  .action(async (file: string, options: Options) => {
    const key = await readDecryptionKey(options);
    const [{ importClinicArchive }, { receiveClinic }] = await Promise.all([
      import('../../../server/backup/import-clinic.ts'),
      import('../../../server/features/clinics/api.ts'),
    ]);
    const caller = toOperatorCaller('clinics import');
    const made = await withDatabaseUrl(async (url, config) => {
      await requireMigrated(url);
      const { file: archive, shelf } = await openArchive(file, config);
      return withAnonymized(shelf, config, (anonymized) =>
        importClinicArchive({
          ...{ url, file: archive, key, log: printNote, anonymized },
          finish: (tx, clinic, archiveId) => receiveClinic(tx, clinic, { newName: options.name, archiveId, caller }),
        }),
      );
    });
    if (options.json === true) {
      printJson(made);
      return;
    }
    for (const { name, rows, sha256 } of made.contents)
      printLine(`${name.padEnd(24)}${String(rows).padStart(10)}  ${sha256}`);
    printNote(
      `${options.name ?? made.clinic.name} is here, suspended: ${formatCount(made.contents.length, 'table')} with equal counts and hashes`,
    );
    printAnonymizedAgain(made);
    for (const email of made.heldAddresses)
      printNote(
        `${email} signs in to another clinic here already, and so not to this one: invite that person with another address`,
      );
  });
