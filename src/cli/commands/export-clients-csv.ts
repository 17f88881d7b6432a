import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import type { ExportFormat } from '../../server/features/clients/api.ts';
import { toOperatorCaller } from '../operator.ts';
import { printNote } from '../output.ts';
import { assertWritable } from '../output-file.ts';
import { withDatabase } from '../with-database.ts';

interface Options {
  readonly professional?: string;
  readonly clinic?: string;
  readonly archived?: true;
  readonly output?: string;
  readonly format: ExportFormat;
}

export const exportClientsCsvCommand = new Command('export-clients-csv')
  .description('clients as CSV, as the web app exports them')
  .option('--professional <email>', "one professional's clients; otherwise the whole clinic's")
  .option('--clinic <name>', 'which clinic; not needed when there is one')
  .option('--archived', 'archived clients too, so that a whole clinic comes back by an import')
  .addOption(
    new Option('--format <format>', 'standard: RFC 4180; excel: semicolons and a byte order mark; xlsx: a workbook')
      .choices(['standard', 'excel', 'xlsx'])
      .default('standard'),
  )
  .option('-o, --output <file>', 'where to; stdout when left out')
  .action(async ({ professional, clinic, archived, output, format }: Options) => {
    if (output !== undefined) await assertWritable('--output', output);
    const [{ exportClinic }, { chooseScope }] = await Promise.all([
      import('../../server/features/clients/api.ts'),
      import('../../server/features/clinics/api.ts'),
    ]);
    await withDatabase(async (db) => {
      const scope = await chooseScope(db, { clinicName: clinic, email: professional });
      const csv = await exportClinic(db, {
        ...scope,
        archived: archived === true,
        format,
        caller: toOperatorCaller('export-clients-csv'),
      });
      if (output === undefined) await pipeline(csv, process.stdout, { end: false });
      else await writeWhole(csv, output);
    });
    if (output !== undefined) printNote(`written to ${output}`);
  });

/** Writes to a temporary name and renames when complete. Mode 0600: the file contains personal data. */
async function writeWhole(csv: NodeJS.ReadableStream, file: string): Promise<void> {
  const partial = `${file}.part`;
  try {
    await pipeline(csv, createWriteStream(partial, { mode: 0o600 }));
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
