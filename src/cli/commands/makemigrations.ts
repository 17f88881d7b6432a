import { Command } from 'commander';
import { CommandFailure } from '../failure.ts';
import { counted, note, say, sayJson } from '../output.ts';
import { withDatabaseUrl } from '../with-database.ts';

interface Options {
  readonly check?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

export const makemigrationsCommand = new Command('makemigrations')
  .description('compare the schema with the types that the code compiles against; migrations are written by hand')
  .option('--check', 'exit 1 when they differ, and change nothing')
  .option('--dry-run', 'tell what differs, and change nothing')
  .option('--json', 'the result as JSON')
  .addHelpText('after', '\nWithout --check and --dry-run the types are written anew from the database.')
  .action(async (options: Options) => {
    const dry = options.check === true || options.dryRun === true;
    const differences = await withDatabaseUrl(async (url) => {
      const [{ migrationStatus }, { listSchemaDifferences, writeSchemaTypes }] = await Promise.all([
        import('../../server/db/migrate.ts'),
        import('../../server/db/schema-types.ts'),
      ]);
      const { pending } = await migrationStatus(url);
      if (pending.length > 0)
        throw new CommandFailure(
          `The database lacks ${counted(pending.length, 'migration')}: ${pending.map(({ name }) => name).join(', ')}. ` +
            'Run `acolhe migrate` first.',
        );
      const found = await listSchemaDifferences(url);
      if (!dry && found.length > 0) await writeSchemaTypes(url);
      return found;
    });
    if (options.json === true) sayJson({ differences, written: !dry && differences.length > 0 });
    else for (const line of differences) say(line);
    if (differences.length === 0) note('schema and code agree');
    else note(dry ? 'schema and code differ' : 'the types were written anew');
    if (options.check === true && differences.length > 0) process.exitCode = 1;
  });
