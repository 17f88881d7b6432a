import { Command } from 'commander';
import {
  notEncryptedNotice,
  readEncryptionKey,
  readVerificationKey,
  type EncryptionOptions,
} from '../../archive-keys.ts';
import { choosePlace, describePlace } from '../../archive-place.ts';
import { toOperatorCaller } from '../../operator.ts';
import { formatCount, printJson, printLine, printNote } from '../../output.ts';
import { withDatabase } from '../../with-database.ts';

interface Options extends EncryptionOptions {
  readonly output: string;
  readonly verify?: true;
  readonly identity?: string;
  readonly json?: true;
}

export const exportCommand = new Command('export')
  .description('write everything of one clinic, and nothing of the others, into one archive')
  .argument('<clinic>', 'name of the clinic')
  .requiredOption('-o, --output <file>', 'where to; a folder, or s3://bucket/folder/, gets a file named by the time')
  .option('--verify', 'import the archive into a scratch database before calling it good')
  .option('--passphrase-file <file>', 'encrypt with the passphrase in this file')
  .option('--recipient <key...>', 'encrypt for age public keys (age1…)')
  .option('--identity <file>', 'with --recipient and --verify: the age key file that opens the archive')
  .option('--json', 'the result as JSON')
  .addHelpText(
    'after',
    '\nThe archive has the form of a backup. `acolhe clinics import` takes it into another installation of the same release.' +
      '\nSuspend the clinic before, when it is to move: what is entered after the export is not in it.',
  )
  .action(async (name: string, options: Options) => {
    const encryptTo = await readEncryptionKey(options);
    const verifyWith = options.verify === true ? { key: await readVerificationKey(options, encryptTo) } : undefined;
    const encrypted = encryptTo !== undefined;
    const { file, made } = await withDatabase(async (db, config, url) => {
      const [{ exportClinic }, { chooseClinicId, noteClinicExport }, { makeClinicArchiveName }] = await Promise.all([
        import('../../../server/backup/export-clinic.ts'),
        import('../../../server/features/clinics/api.ts'),
        import('../../../server/backup/retention.ts'),
      ]);
      const clinic = await chooseClinicId(db, name);
      const place = await choosePlace(options.output, config, makeClinicArchiveName(new Date(), encrypted));
      const { release } = config;
      const done = await exportClinic({ url, release, clinic, place, encryptTo, verifyWith, log: printNote });
      await noteClinicExport(db, clinic.name, done.id, toOperatorCaller('clinics export'));
      return { file: describePlace(place), made: done };
    });
    if (!encrypted) printNote(notEncryptedNotice);
    const { id, clinic, createdAt, bytes, contents } = made;
    const verified = options.verify === true;
    if (options.json === true) {
      printJson({ file, id, clinic, createdAt, bytes, encrypted, verified, contents });
      return;
    }
    printLine(file);
    const rows = contents.reduce((sum, content) => sum + content.rows, 0);
    printNote(
      `${formatCount(rows, 'row')} of ${clinic.name} in ${formatCount(contents.length, 'table')}, ${formatCount(bytes, 'byte')}${verified ? ', imported and compared' : ''}`,
    );
  });
