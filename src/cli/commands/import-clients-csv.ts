import { basename } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type DateOrder, dateOrders, type Encoding, encodings } from '../../shared/import-choices.ts';
import { type ImportChoices, runOperatorImport, withImportOptions } from '../operator-import.ts';
import { CommandFailure } from '../failure.ts';

interface Options extends ImportChoices {
  readonly encoding?: Encoding;
  readonly delimiter?: string;
  readonly dateOrder?: DateOrder;
  readonly map: Readonly<Record<string, string>>;
}

function readMapping(pair: string, earlier: Readonly<Record<string, string>>): Record<string, string> {
  const at = pair.lastIndexOf('=');
  if (at < 1) throw new InvalidArgumentError('It has the form COLUMN=FIELD.');
  return { ...earlier, [pair.slice(0, at)]: pair.slice(at + 1) };
}

export const importClientsCsvCommand = withImportOptions(
  new Command('import-clients-csv')
    .description(
      'clients, or appointments of clients, from a CSV, XLSX or vCard file, all or nothing; what is not taken is told by line, column and reason',
    )
    .argument('<file>', 'CSV (any usual encoding and delimiter), XLSX or vCard (.vcf)'),
)
  .addOption(
    new Option('--encoding <name>', 'how the bytes are read; found out by themselves when left out').choices(encodings),
  )
  .addOption(new Option('--delimiter <sign>', 'found out by itself when left out').choices([',', ';', 'tab', '|']))
  .addOption(
    new Option(
      '--date-order <first>',
      'what comes first in dates such as 03/04/1990; found out by the whole column when left out',
    ).choices(dateOrders),
  )
  .option(
    '--map <column=field>',
    'what a column holds, such as "Fone fixo=secondaryPhone"; repeatable',
    readMapping,
    {},
  )
  .action(async (file: string, options: Options) => {
    const { openFile } = await import('../../server/features/imports/api.ts');
    const { bytes, rows } = await openFile(file).catch((error: unknown) => {
      throw new CommandFailure(`${file} cannot be read: ${(error as Error).message}`);
    });
    const { encoding, delimiter, dateOrder, map } = options;
    await runOperatorImport(options, {
      source: 'command',
      name: basename(file),
      bytes,
      settings: {
        ...(encoding !== undefined && { encoding }),
        ...(delimiter !== undefined && { delimiter: delimiter === 'tab' ? '\t' : delimiter }),
        ...(dateOrder !== undefined && { dateOrder }),
        ...(Object.keys(map).length > 0 && { mapping: map }),
      },
      open: () => Promise.resolve(rows),
    });
  });
