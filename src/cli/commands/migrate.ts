import { Command } from 'commander';
import type { Drift } from '../../server/db/access-drift.ts';
import { printNote, printLine, printJson } from '../output.ts';
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
    const { names, drift } = await withDatabaseUrl((url) => (dry ? findPending(url) : applyPending(url)));
    if (options.json === true) printJson(dry ? { pending: names, drift } : { applied: names });
    else {
      for (const name of names) printLine(name);
      for (const { name, seen, mend } of drift) printLine(`${name}: ${seen}\n  → ${mend}`);
      printNote(`${countPending(names)} ${dry ? 'pending' : 'applied'}`);
    }
    if (options.check === true && names.length + drift.length > 0) process.exitCode = 1;
  });

interface Outcome {
  readonly names: readonly string[];
  readonly drift: readonly Drift[];
}

/** Lists what is pending; if nothing is, how the database differs from a migrated one. */
async function findPending(url: string): Promise<Outcome> {
  const { listDatabaseDrift, listPending } = await import('../../server/db/migrate.ts');
  const names = await listPending(url);
  return { names, drift: names.length === 0 ? await listDatabaseDrift(url) : [] };
}

async function applyPending(url: string): Promise<Outcome> {
  const { migrate } = await import('../../server/db/migrate.ts');
  return { names: await migrate(url, printNote), drift: [] };
}
