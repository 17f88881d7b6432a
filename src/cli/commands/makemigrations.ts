import { Command } from 'commander';
import { CommandFailure } from '../failure.ts';
import { formatCount, printNote, printLine, printJson } from '../output.ts';
import { withDatabaseUrl } from '../with-database.ts';

interface Options {
  readonly check?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

export const makemigrationsCommand = new Command('makemigrations')
  .description('compare the schema with the types that the code compiles against, and SQL functions with their files')
  .option('--check', 'exit 1 when they differ, and change nothing')
  .option('--dry-run', 'tell what differs, and change nothing')
  .option('--json', 'the result as JSON')
  .addHelpText(
    'after',
    '\nWithout --check and --dry-run the types are written anew from the database. Migrations are written by hand.',
  )
  .action(async (options: Options) => {
    const dry = options.check === true || options.dryRun === true;
    const { differences, written } = await withDatabaseUrl((url) => compare(url, dry));
    if (options.json === true) printJson({ differences, written });
    else for (const line of differences) printLine(line);
    if (differences.length === 0) printNote('schema and code agree');
    else printNote(written ? 'the types were written anew' : 'schema and code differ');
    if (options.check === true && differences.length > 0) process.exitCode = 1;
  });

interface Comparison {
  readonly differences: readonly string[];
  /** Whether the file of types was rewritten. */
  readonly written: boolean;
}

async function compare(url: string, dry: boolean): Promise<Comparison> {
  const [{ listFunctionDifferences, readMigrationStatus }, { listSchemaDifferences, writeSchemaTypes }] =
    await Promise.all([import('../../server/db/migrate.ts'), import('../../server/db/schema-types.ts')]);
  const { pending } = await readMigrationStatus(url);
  if (pending.length > 0)
    throw new CommandFailure(
      `The database lacks ${formatCount(pending.length, 'migration')}: ${pending.map(({ name }) => name).join(', ')}. ` +
        'Run `acolhe migrate` first.',
    );
  const types = await listSchemaDifferences(url);
  const written = !dry && types.length > 0;
  if (written) await writeSchemaTypes(url);
  const { outdated, unknown } = await listFunctionDifferences(url);
  const functions = [
    ...outdated.map(
      (name) => `migrations/${name}.sql: the database has another text, \`acolhe migrate\` applies this one`,
    ),
    ...unknown.map((signature) => `${signature}: the database has it, no file in migrations/functions creates it`),
  ];
  return { differences: [...types, ...functions], written };
}
