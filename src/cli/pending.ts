import { CommandFailure } from './failure.ts';
import { formatCount } from './output.ts';

/** Formats what is pending: `2 migrations`, `1 migration and 3 functions`. */
export function countPending(names: readonly string[]): string {
  const functions = names.filter((name) => name.startsWith('functions/')).length;
  const migrations = names.length - functions;
  const parts = [
    ...(migrations > 0 || functions === 0 ? [formatCount(migrations, 'migration')] : []),
    ...(functions > 0 ? [formatCount(functions, 'function')] : []),
  ];
  return parts.join(' and ');
}

/** Throws CommandFailure when the database lacks migrations or functions of this release. */
export async function requireMigrated(url: string): Promise<void> {
  const { listPending } = await import('../server/db/migrate.ts');
  const pending = await listPending(url);
  if (pending.length > 0)
    throw new CommandFailure(
      `The database lacks ${countPending(pending)} of this release: run \`acolhe migrate\` first.`,
    );
}
