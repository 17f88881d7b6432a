import { Command } from 'commander';
import type { Drift } from '../../server/db/access-drift.ts';
import { note, say, sayJson } from '../output.ts';
import { countPending } from '../pending.ts';
import { withDatabaseUrl } from '../with-database.ts';

interface Options {
  readonly check?: true;
  readonly plan?: true;
  readonly json?: true;
}

export const migrateCommand = new Command('migrate')
  .description(
    'apply pending migrations and changed functions, all or none; servers that start at once apply them once',
  )
  .option('--check', 'apply nothing; exit 1 when something is pending, or rights, role or objects are missing')
  .option('--plan', 'apply nothing; tell what would be applied')
  .option('--json', 'the result as JSON')
  .action(async (options: Options) => {
    const dry = options.check === true || options.plan === true;
    const { names, drift } = await withDatabaseUrl((url) => (dry ? lookAt(url) : applyPending(url)));
    if (options.json === true) sayJson(dry ? { pending: names, drift } : { applied: names });
    else {
      for (const name of names) say(name);
      for (const { name, seen, mend } of drift) say(`${name}: ${seen}\n  → ${mend}`);
      note(`${countPending(names)} ${dry ? 'pending' : 'applied'}`);
    }
    if (options.check === true && names.length + drift.length > 0) process.exitCode = 1;
  });

interface Outcome {
  readonly names: readonly string[];
  readonly drift: readonly Drift[];
}

/** What is pending; where nothing is, also what the database lacks of a migrated one. */
async function lookAt(url: string): Promise<Outcome> {
  const { databaseDrift, listPending } = await import('../../server/db/migrate.ts');
  const names = await listPending(url);
  return { names, drift: names.length === 0 ? await databaseDrift(url) : [] };
}

async function applyPending(url: string): Promise<Outcome> {
  const { migrate } = await import('../../server/db/migrate.ts');
  return { names: await migrate(url, note), drift: [] };
}
