import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import type { ClinicArchiveSummary } from '../../../server/backup/manifest.ts';
import type { Database } from '../../../server/db/transaction.ts';
import type { Config } from '../../../server/config.ts';
import { type EncryptionOptions, notEncryptedNotice, readEncryptionKey } from '../../archive-keys.ts';
import { CommandFailure } from '../../failure.ts';
import { toOperatorCaller } from '../../operator.ts';
import { formatCount, printJson, printLine, printNote } from '../../output.ts';
import { withDatabase } from '../../with-database.ts';

interface Options extends EncryptionOptions {
  readonly output: string;
  readonly json?: true;
}

type Made = ClinicArchiveSummary & { readonly bytes: number };

export const exportCommand = new Command('export')
  .description('write everything of one clinic, and nothing of the others, into one archive')
  .argument('<clinic>', 'name of the clinic')
  .requiredOption('-o, --output <file>', 'where to; a new file')
  .option('--passphrase-file <file>', 'encrypt with the passphrase in this file')
  .option('--recipient <key...>', 'encrypt for age public keys (age1…)')
  .option('--json', 'the result as JSON')
  .addHelpText(
    'after',
    '\nThe archive has the form of a backup. `acolhe clinics import` takes it into another installation of the same release.' +
      '\nSuspend the clinic before, when it is to move: what is entered after the export is not in it.',
  )
  .action(async (name: string, options: Options) => {
    const encryptTo = await readEncryptionKey(options);
    const file = resolve(options.output);
    const { stat } = await import('node:fs/promises');
    if (options.output.endsWith('/') || (await stat(file).catch(() => undefined)) !== undefined)
      throw new CommandFailure(`${options.output} exists already, or is a folder: give the name of a new file.`);
    const made = await withDatabase((db, config, url) => exportClinic(db, config, { url, name, file, encryptTo }));
    if (encryptTo === undefined) printNote(notEncryptedNotice);
    const { id, clinic, createdAt, bytes, contents } = made;
    if (options.json === true)
      printJson({ file, id, clinic, createdAt, bytes, encrypted: encryptTo !== undefined, contents });
    else {
      printLine(file);
      const rows = contents.reduce((sum, content) => sum + content.rows, 0);
      printNote(
        `${formatCount(rows, 'row')} of ${clinic.name} in ${formatCount(contents.length, 'table')}, ${formatCount(bytes, 'byte')}, in ${dirname(file)}`,
      );
    }
  });

interface Work {
  readonly url: string;
  readonly name: string;
  readonly file: string;
  readonly encryptTo: Awaited<ReturnType<typeof readEncryptionKey>>;
}

async function exportClinic(db: Database, config: Config, { url, name, file, encryptTo }: Work): Promise<Made> {
  const [{ writeWholeFile }, { writeClinicArchive }, { chooseClinicId, noteClinicExport }] = await Promise.all([
    import('../../../server/backup/service.ts'),
    import('../../../server/backup/export-clinic.ts'),
    import('../../../server/features/clinics/api.ts'),
  ]);
  const clinic = await chooseClinicId(db, name);
  const made = await writeWholeFile(file, (output) =>
    writeClinicArchive({ url, release: config.release, clinic, output, encryptTo, log: printNote }),
  );
  await noteClinicExport(db, clinic.name, made.id, toOperatorCaller('clinics export'));
  return made;
}
