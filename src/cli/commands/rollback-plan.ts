import { Command } from 'commander';
import { CommandFailure } from '../failure.ts';
import { formatCount, printNote, printLine, printJson } from '../output.ts';
import type { Contraction } from '../rollback/contractions.ts';
import { withDatabaseUrl } from '../with-database.ts';

interface Options {
  readonly to?: string;
  readonly json?: true;
}

export const rollbackPlanCommand = new Command('rollback-plan')
  .description('how to go back to the release before, and whether it can run on today’s schema; exit 1 when it cannot')
  .option('--to <ref>', 'the release to go back to: a tag or commit (default: the newest tag before this one)')
  .option('--json', 'the result as JSON')
  .addHelpText(
    'after',
    '\nIt changes nothing. Migrations are never undone: an earlier release runs on the later schema, or a backup is restored.',
  )
  .action(async (options: Options) => {
    const [{ findPreviousRelease, readRelease }, { findContractions }, { readMigrationStatus }, { listMigrations }] =
      await Promise.all([
        import('../rollback/release.ts'),
        import('../rollback/contractions.ts'),
        import('../../server/db/migrate.ts'),
        import('../../server/db/migration-files.ts'),
      ]);
    const ref = options.to ?? (await findPreviousRelease());
    if (ref === undefined)
      throw new CommandFailure('There is no tagged release before this one: name what to go back to with --to.');
    const { commit, migrations, changedFunctions } = await readRelease(ref);
    const { applied, lastBackup } = await withDatabaseUrl(async (url) => {
      const status = await readMigrationStatus(url);
      if (status.applied.length === 0)
        throw new CommandFailure('The database is empty: there is nothing to go back from.');
      return { applied: status.applied, lastBackup: await findLastBackup(url) };
    });
    const later = applied.filter((name) => !migrations.includes(name));
    const known = listMigrations().filter(({ name }) => later.includes(name));
    const contractions = findContractions(known);
    const plan = {
      ref,
      commit,
      later,
      changedFunctions,
      contractions,
      lastBackup,
      possible: contractions.length === 0 && known.length === later.length,
    };
    if (options.json === true) printJson(plan);
    else printPlan(plan);
    if (!plan.possible) process.exitCode = 1;
  });

interface Plan {
  readonly ref: string;
  readonly commit: string;
  readonly later: readonly string[];
  readonly changedFunctions: readonly string[];
  readonly contractions: readonly Contraction[];
  readonly lastBackup: string | null;
  readonly possible: boolean;
}

function printPlan({ ref, commit, later, changedFunctions, contractions, lastBackup, possible }: Plan): void {
  printNote(`${ref} is ${commit}; the database has ${formatCount(later.length, 'migration')} that it does not know`);
  for (const name of later) printLine(`later    ${name}`);
  for (const name of changedFunctions)
    printLine(`stays    ${name}: it takes and returns what it did, with another text`);
  for (const { migration, statement, reason } of contractions)
    printLine(`breaks   ${migration}: ${statement} – ${reason}`);
  const steps = possible
    ? [
        'acolhe backup --verify',
        `deploy ${commit} without running its migrations; the schema stays as it is`,
        `acolhe smoke --base-url https://… --expect-commit ${commit.slice(0, 7)}`,
        'watch the log for request_failed, and /metrics for answers of 500 and above',
      ]
    : [
        'go forward if it can be borne: mend this release and deploy that',
        'otherwise stop the servers, and `acolhe backup` what there is now',
        `restore the last archive from before these migrations (${lastBackup === null ? 'none was ever made here' : `the newest of all is of ${lastBackup}`}) into a new database`,
        `deploy ${commit} with DATABASE_URL set to that database; what was written since is in the other one only`,
        `acolhe smoke --base-url https://… --expect-commit ${commit.slice(0, 7)}`,
      ];
  for (const [index, step] of steps.entries()) printLine(`${String(index + 1)}. ${step}`);
  printNote(possible ? `${ref} can run on this schema` : `${ref} cannot be shown to run on this schema`);
}

async function findLastBackup(url: string): Promise<string | null> {
  const { createClient } = await import('../../server/db/connect.ts');
  const client = createClient(url, { connectionTimeoutMillis: 5000, application_name: 'acolhe rollback-plan' });
  await client.connect();
  try {
    const { rows } = await client.query<{ at: string | null }>(
      `select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"') as at from audit_events where action = 'backup_made'`,
    );
    return rows[0]?.at ?? null;
  } finally {
    await client.end();
  }
}
