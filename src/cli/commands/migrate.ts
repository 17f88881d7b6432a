import { Command } from 'commander';
import { counted, note, say, sayJson } from '../output.ts';
import { withDatabaseUrl } from '../with-database.ts';

interface Options {
  readonly check?: true;
  readonly plan?: true;
  readonly json?: true;
}

export const migrateCommand = new Command('migrate')
  .description('apply pending migrations, all or none; servers that start at once apply them once')
  .option('--check', 'apply nothing; exit 1 when something is pending')
  .option('--plan', 'apply nothing; tell what would be applied')
  .option('--json', 'the result as JSON')
  .action(async (options: Options) => {
    const dry = options.check === true || options.plan === true;
    const names = await withDatabaseUrl((url) => (dry ? listPending(url) : applyPending(url)));
    if (options.json === true) sayJson(dry ? { pending: names } : { applied: names });
    else {
      for (const name of names) say(name);
      note(`${counted(names.length, 'migration')} ${dry ? 'pending' : 'applied'}`);
    }
    if (options.check === true && names.length > 0) process.exitCode = 1;
  });

async function listPending(url: string): Promise<string[]> {
  const { migrationStatus } = await import('../../server/db/migrate.ts');
  return (await migrationStatus(url)).pending.map(({ name }) => name);
}

async function applyPending(url: string): Promise<string[]> {
  const { migrate } = await import('../../server/db/migrate.ts');
  return migrate(url, note);
}
