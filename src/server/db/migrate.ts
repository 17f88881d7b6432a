import type pg from 'pg';
import { createClient } from './connect.ts';
import { type Drift, isHarmful, listDrift } from './access-drift.ts';
import { applyAccessRules, hasAccessRules } from './access-rules.ts';
import { isDeadlock } from './errors.ts';
import { prepareExtensions, readExtensionSchemas } from './extensions.ts';
import { compareFunctions, describeFunctionDrift, type FunctionDifferences } from './function-drift.ts';
import { listMigrations, type SqlFile } from './migration-files.ts';
import { createPool } from './pool.ts';
import { lockSchema } from './schema-lock.ts';
import { applyFunctions, areFunctionsAsApplied, listPendingFunctions } from './sql-functions.ts';
import { retry } from '../../shared/retry.ts';

export interface MigrationStatus {
  readonly applied: readonly string[];
  readonly pending: readonly SqlFile[];
}

/** The file of an applied migration was changed afterwards. */
export class MigrationEdited extends Error {
  constructor(name: string) {
    super(`migration ${name} was edited after it was applied: put the file back and write a new migration`);
    this.name = 'MigrationEdited';
  }
}

/** The schema differs from what its migrations make, and applying them cannot repair it. The message says what to do. */
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
  // The statement that fails reports a broken connection.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function readStatus(client: pg.ClientBase): Promise<MigrationStatus> {
  const migrations = listMigrations();
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
    // After a restore as another login, this one may not even read the table of applied migrations.
    const drift = (error as pg.DatabaseError).code === '42501' ? await listDrift(client) : [];
    throw drift.length > 0 ? new SchemaDamaged(drift) : error;
  }
}

/** Which migrations are applied and which are pending. Throws MigrationEdited or SchemaDamaged. */
export const readMigrationStatus = (url: string): Promise<MigrationStatus> => withClient(url, readStatus);

/**
 * Names of this release's migrations and functions that were never applied. For an empty database it lists no functions: they
 * are applied together with the migrations.
 */
export const listPending = (url: string): Promise<string[]> =>
  withClient(url, async (client) => {
    const { applied, pending } = await readStatus(client);
    const functions = applied.length === 0 ? [] : await listPendingFunctions(client);
    return [...pending.map(({ name }) => name), ...functions];
  });

/** Applies the migrations in the caller's transaction. From then on that transaction reaches the rows of every clinic. */
export async function applyMigrations(
  client: pg.ClientBase,
  migrations: readonly SqlFile[],
  log: (line: string) => void,
): Promise<void> {
  await client.query(`create table if not exists schema_migrations (
    name text not null, checksum text not null, applied_at timestamptz not null default now(),
    constraint schema_migrations_pk primary key (name)
  )`);
  // When the login may not create roles, the policies apply to its own statements too.
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
 * Applies pending migrations, the functions and the access rules in one transaction, then the job queue's own schema.
 * Functions and rules are applied again when texts, rights, role or policies differ, for example after a restore by other
 * means. Processes that start at the same time wait for one another, so the work is done once.
 * @returns the names applied, functions as `functions/search_clients`.
 * @throws SchemaDamaged when something remains that this cannot repair.
 */
export async function migrate(url: string, log: (line: string) => void = () => undefined): Promise<string[]> {
  return withClient(url, async (client) => {
    await lockSchema(client);
    const status = await readStatus(client);
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
  // Applying the rules locks every table, which would disturb other running processes: skip it when nothing differs.
  const settled = pending.length === 0 && !drift.some(({ mendable }) => mendable) && (await hasAccessRules(client));
  // A missing function means a partial restore: report it instead of hiding it by creating the function again.
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

/** Compares functions with the database only when nothing else is wrong, because they may depend on what is pending. */
async function listFunctionsToApply(
  client: pg.ClientBase,
  { applied, pending }: MigrationStatus,
  drift: readonly Drift[],
): Promise<string[]> {
  if (applied.length === 0) return [];
  const never = (await listPendingFunctions(client)).sort();
  if (pending.length > 0 || drift.length > 0 || (await areFunctionsAsApplied(client))) return never;
  const { outdated } = await compareFunctions(client);
  return [...new Set([...never, ...outdated])].sort();
}

/** Lists how a migrated database differs; see listDrift. Functions are compared only when nothing else is wrong. */
export const listDatabaseDrift = (url: string): Promise<Drift[]> =>
  withClient(url, async (client) => {
    const drift = await listDrift(client);
    return drift.some(isHarmful) ? drift : [...drift, ...describeFunctionDrift(await compareFunctions(client))];
  });

/** Lists how the functions of a fully migrated database differ from the files. */
export const listFunctionDifferences = (url: string): Promise<FunctionDifferences> => withClient(url, compareFunctions);

/** Applies the access rules, not migrations or functions, if requests would fail otherwise. @returns what is still wrong */
export async function mendAccess(url: string, log: (line: string) => void): Promise<Drift[]> {
  return withClient(url, async (client) => {
    const listHarm = async () => (await listDrift(client)).filter(isHarmful);
    const found = await listHarm();
    if (!found.some(({ mendable }) => mendable)) return found;
    await lockSchema(client);
    // Another process may have done it while this one waited for the lock.
    if ((await listHarm()).some(({ mendable }) => mendable)) {
      log('applying the access rules');
      await runAgainAfterDeadlock(client, async () => {
        await applyMigrations(client, [], log);
        await applyAccessRules(client);
      });
    }
    return listHarm();
  });
}

/** Requests of running processes can cause a deadlock with this transaction; PostgreSQL then ends it and it starts over. */
const runAgainAfterDeadlock = (client: pg.ClientBase, work: () => Promise<void>): Promise<void> =>
  retry(
    async (attempt) => {
      // Ends the failed transaction of the previous attempt.
      if (attempt > 1) await client.query('rollback');
      await client.query('begin');
      await work();
      await client.query('commit');
    },
    { attempts: 5, when: isDeadlock },
  );

/** graphile-worker migrates its own schema. It gets a pool of ours, so that it is closed when this returns. */
export async function migrateQueue(url: string): Promise<void> {
  // Imported late: sixty modules that most commands do not need.
  const { runMigrations } = await import('graphile-worker');
  const pool = createPool({ url, max: 1, idleSeconds: 1, pipeline: false });
  try {
    await runMigrations({ pgPool: pool });
  } finally {
    await pool.end();
  }
}
