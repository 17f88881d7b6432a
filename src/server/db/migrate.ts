import type pg from 'pg';
import { createClient } from './connect.ts';
import { type Drift, isHarmful, listDrift } from './access-drift.ts';
import { applyAccessRules, hasAccessRules } from './access-rules.ts';
import { isDeadlock } from './errors.ts';
import { prepareExtensions, readExtensionSchemas } from './extensions.ts';
import { compareFunctions, functionDrift, type FunctionDifferences } from './function-drift.ts';
import { listMigrations, type SqlFile } from './migration-files.ts';
import { createPool } from './pool.ts';
import { lockSchema } from './schema-lock.ts';
import { applyFunctions, listPendingFunctions } from './sql-functions.ts';
import { retry } from '../../shared/retry.ts';

export interface MigrationStatus {
  readonly applied: readonly string[];
  readonly pending: readonly SqlFile[];
}

/** An applied migration's file is no longer what was applied. */
export class MigrationEdited extends Error {
  constructor(name: string) {
    super(`migration ${name} was edited after it was applied: put the file back and write a new migration`);
    this.name = 'MigrationEdited';
  }
}

/** The schema is not what its migrations make, in a way that no migration mends; the message says what to do. */
export class SchemaDamaged extends Error {
  readonly drift: readonly Drift[];

  constructor(drift: readonly Drift[]) {
    super(drift.map(({ seen, mend }) => `${seen}: ${mend}`).join('; '));
    this.name = 'SchemaDamaged';
    this.drift = drift;
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = createClient(url, { connectionTimeoutMillis: 5000, application_name: 'acolhe migrate' });
  // A broken connection shows in the statement that fails.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function statusOf(client: pg.ClientBase): Promise<MigrationStatus> {
  const migrations = await listMigrations();
  const table = await client.query<{ found: boolean }>(
    `select to_regclass('public.schema_migrations') is not null as found`,
  );
  if (table.rows[0]?.found !== true) return { applied: [], pending: migrations };
  const rows = await readApplied(client);
  const recorded = new Map(rows.map((row) => [row.name, row.checksum]));
  for (const { name, checksum } of migrations) {
    const known = recorded.get(name);
    if (known !== undefined && known !== checksum) throw new MigrationEdited(name);
  }
  return { applied: rows.map((row) => row.name), pending: migrations.filter(({ name }) => !recorded.has(name)) };
}

async function readApplied(client: pg.ClientBase): Promise<{ name: string; checksum: string }[]> {
  try {
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from schema_migrations order by name',
    );
    return rows;
  } catch (error) {
    // Restored as another login, this one may not even read what has been applied.
    const drift = (error as pg.DatabaseError).code === '42501' ? await listDrift(client) : [];
    throw drift.length > 0 ? new SchemaDamaged(drift) : error;
  }
}

/** What is applied and what is not. Throws when an applied file was edited, or SchemaDamaged. */
export const migrationStatus = (url: string): Promise<MigrationStatus> => withClient(url, statusOf);

/**
 * The names of the migrations and functions of this release that were never applied to the database. Functions of an empty
 * database come along with its migrations.
 */
export const listPending = (url: string): Promise<string[]> =>
  withClient(url, async (client) => {
    const { applied, pending } = await statusOf(client);
    const functions = applied.length === 0 ? [] : await listPendingFunctions(client);
    return [...pending.map(({ name }) => name), ...functions];
  });

/** Applies these migrations in the caller's transaction, which reaches the rows of every clinic from here on. */
export async function applyMigrations(
  client: pg.ClientBase,
  migrations: readonly SqlFile[],
  log: (line: string) => void,
): Promise<void> {
  await client.query(`create table if not exists schema_migrations (
    name text not null, checksum text not null, applied_at timestamptz not null default now(),
    constraint schema_migrations_pk primary key (name)
  )`);
  // Where the login may make no roles, the policies bind its own statements as well.
  await client.query(`select set_config('app.system', 'on', true)`);
  if (migrations.length > 0) await prepareExtensions(client);
  const adapt = await readExtensionSchemas(client);
  for (const { name, sql, checksum } of migrations) {
    log(`applying ${name}`);
    await client.query(adapt(sql));
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [name, checksum]);
  }
}

/**
 * Applies what is pending, in one transaction, then the functions, the access rules and the job queue's own schema. Functions
 * and rules are applied also where texts, rights, role or policies are not as they should be, which a restore by other means
 * may leave behind. Processes that start at the same time wait for one another, so the work is done once.
 * @returns the names applied, functions as `functions/search_clients`.
 * @throws SchemaDamaged for what cannot be mended here.
 */
export async function migrate(url: string, log: (line: string) => void = () => undefined): Promise<string[]> {
  return withClient(url, async (client) => {
    await lockSchema(client);
    const status = await statusOf(client);
    const functions = await applyWhatIsMissing(client, status, log);
    await migrateQueue(url);
    return [...status.pending.map(({ name }) => name), ...functions];
  });
}

/** @returns the names of the functions applied. */
async function applyWhatIsMissing(
  client: pg.ClientBase,
  status: MigrationStatus,
  log: (line: string) => void,
): Promise<string[]> {
  const { pending } = status;
  const drift = await listDrift(client);
  const prevents = drift.filter(({ name }) => name === 'owner_differs' || name === 'application_role_closed');
  if (prevents.length > 0) throw new SchemaDamaged(prevents);
  // The rules lock every table: whoever starts beside others at work leaves them alone when they are as they should be.
  const settled = pending.length === 0 && !drift.some(({ mendable }) => mendable) && (await hasAccessRules(client));
  // A function that is gone shows that the database was restored in part: that is told, not covered up.
  if (settled && drift.length > 0) throw new SchemaDamaged(drift);
  const functions = await listFunctionsToApply(client, status, drift);
  if (settled && functions.length === 0) return [];
  await runAgainAfterDeadlock(client, async () => {
    await applyMigrations(client, pending, log);
    await applyFunctions(client);
    await applyAccessRules(client);
  });
  for (const name of functions) log(`applied ${name}`);
  const left = (await listDrift(client)).filter(isHarmful);
  if (left.length > 0) throw new SchemaDamaged(left);
  return functions;
}

/** Functions are compared with the database only where nothing else is amiss: they may need what is pending. */
async function listFunctionsToApply(
  client: pg.ClientBase,
  { applied, pending }: MigrationStatus,
  drift: readonly Drift[],
): Promise<string[]> {
  if (applied.length === 0) return [];
  const never = await listPendingFunctions(client);
  if (pending.length > 0 || drift.length > 0) return never;
  const { outdated } = await compareFunctions(client);
  return [...new Set([...never, ...outdated])].sort();
}

/** What a migrated database lacks; see listDrift. Functions are compared where nothing else is amiss. */
export const databaseDrift = (url: string): Promise<Drift[]> =>
  withClient(url, async (client) => {
    const drift = await listDrift(client);
    return drift.some(isHarmful) ? drift : [...drift, ...functionDrift(await compareFunctions(client))];
  });

/** How the functions of a database that has every migration differ from the files. */
export const functionDifferences = (url: string): Promise<FunctionDifferences> => withClient(url, compareFunctions);

/** Applies the access rules where requests would fail without; what is left is returned. Migrations and functions are not. */
export async function mendAccess(url: string, log: (line: string) => void): Promise<Drift[]> {
  return withClient(url, async (client) => {
    const needsMending = async () => (await listDrift(client)).some((drift) => isHarmful(drift) && drift.mendable);
    if (await needsMending()) {
      await lockSchema(client);
      // Another process may have done it in the meantime.
      if (await needsMending()) {
        log('applying the access rules');
        await runAgainAfterDeadlock(client, async () => {
          await applyMigrations(client, [], log);
          await applyAccessRules(client);
        });
      }
    }
    return (await listDrift(client)).filter(isHarmful);
  });
}

/** Others may be at work: when both sides wait for one another and PostgreSQL ends this one, it starts over. */
const runAgainAfterDeadlock = (client: pg.ClientBase, work: () => Promise<void>): Promise<void> =>
  retry(
    async (attempt) => {
      // What the attempt before left behind.
      if (attempt > 1) await client.query('rollback');
      await client.query('begin');
      await work();
      await client.query('commit');
    },
    { attempts: 5, when: isDeadlock },
  );

/** The job queue keeps its own schema; the connection is ours, so that it is closed when this returns. */
export async function migrateQueue(url: string): Promise<void> {
  // Sixty modules, which most commands do without.
  const { runMigrations } = await import('graphile-worker');
  const pool = createPool({ url, max: 1, idleSeconds: 1, pipeline: false });
  try {
    await runMigrations({ pgPool: pool });
  } finally {
    await pool.end();
  }
}
