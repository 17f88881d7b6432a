import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { isDeadlock } from './errors.ts';
import { createPool } from './pool.ts';
import { onlyRow } from './rows.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'migrations');

export interface Migration {
  /** `0001_foundation` */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, so that an edited migration is noticed. */
  readonly checksum: string;
}

export interface MigrationStatus {
  readonly applied: readonly string[];
  readonly pending: readonly Migration[];
}

/** An applied migration's file is no longer what was applied. */
export class MigrationEdited extends Error {
  constructor(name: string) {
    super(`migration ${name} was edited after it was applied: put the file back and write a new migration`);
    this.name = 'MigrationEdited';
  }
}

/** The migrations of this release, oldest first. */
export async function listMigrations(): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}_\w+\.sql$/.test(file)).sort();
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(join(folder, file), 'utf8');
      return { name: file.replace(/\.sql$/, ''), sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    application_name: 'acolhe migrate',
  });
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
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migrations order by name',
  );
  const recorded = new Map(rows.map((row) => [row.name, row.checksum]));
  for (const { name, checksum } of migrations) {
    const known = recorded.get(name);
    if (known !== undefined && known !== checksum) throw new MigrationEdited(name);
  }
  return { applied: rows.map((row) => row.name), pending: migrations.filter(({ name }) => !recorded.has(name)) };
}

/** What is applied and what is not. Throws when an applied file was edited. */
export const migrationStatus = (url: string): Promise<MigrationStatus> => withClient(url, statusOf);

/** Makes processes that change the schema wait for one another. The lock ends with the connection. */
export const lockSchema = (client: pg.ClientBase): Promise<unknown> =>
  client.query('select pg_advisory_lock($1)', [lockKey]);

/** Applies these migrations in the caller's transaction, which reaches the rows of every clinic from here on. */
export async function applyMigrations(
  client: pg.ClientBase,
  migrations: readonly Migration[],
  log: (line: string) => void,
): Promise<void> {
  await client.query(`create table if not exists schema_migrations (
    name text not null, checksum text not null, applied_at timestamptz not null default now(),
    constraint schema_migrations_pk primary key (name)
  )`);
  // Where the login may make no roles, the policies bind its own statements as well.
  await client.query(`select set_config('app.system', 'on', true)`);
  for (const { name, sql, checksum } of migrations) {
    log(`applying ${name}`);
    await client.query(sql);
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [name, checksum]);
  }
}

/** Applies migrations/access.sql in the caller's transaction, and creates the application role where the login may. */
export async function applyAccessRules(client: pg.ClientBase): Promise<void> {
  const role = await prepareApplicationRole(client, await findApplicationRole(client));
  const { sql, mark } = await accessRulesFor(client, role);
  await client.query(sql);
  await client.query(`comment on function app.take_application_role() is ${client.escapeLiteral(mark)}`);
}

/** The access rules for a role, and the mark that they leave where they were applied. */
async function accessRulesFor(client: pg.ClientBase, role: string | undefined): Promise<{ sql: string; mark: string }> {
  const access = await readFile(join(folder, 'access.sql'), 'utf8');
  const sql = access.replaceAll(":'role'", client.escapeLiteral(role ?? ''));
  return { sql, mark: `access rules ${createHash('sha256').update(sql).digest('hex')}` };
}

/** Whether these very rules were applied last, for the role that there is. */
async function hasAccessRules(client: pg.ClientBase): Promise<boolean> {
  const found = await findApplicationRole(client);
  if (found.mayCreate && !(found.exists && found.usable)) return false;
  const { mark } = await accessRulesFor(client, found.usable ? found.role : undefined);
  const { rows } = await client.query<{ mark: string | null }>(
    `select obj_description(to_regprocedure('app.take_application_role()'), 'pg_proc') as mark`,
  );
  return rows[0]?.mark === mark;
}

/**
 * Applies what is pending, in one transaction, then the access rules and the job queue's own schema.
 * Processes that start at the same time wait for one another, so the work is done once. Returns the names applied.
 */
export async function migrate(url: string, log: (line: string) => void = () => undefined): Promise<string[]> {
  return withClient(url, async (client) => {
    await lockSchema(client);
    const { pending } = await statusOf(client);
    // The rules lock every table: whoever starts beside others at work leaves them alone when they are as they should be.
    if (pending.length > 0 || !(await hasAccessRules(client))) await applyAll(client, pending, log);
    await migrateQueue(url);
    return pending.map(({ name }) => name);
  });
}

/** Others may be at work: when both sides wait for one another and PostgreSQL ends this one, it starts over. */
async function applyAll(
  client: pg.ClientBase,
  pending: readonly Migration[],
  log: (line: string) => void,
  attempts = 5,
): Promise<void> {
  try {
    await client.query('begin');
    await applyMigrations(client, pending, log);
    await applyAccessRules(client);
    await client.query('commit');
  } catch (error) {
    if (attempts === 1 || !isDeadlock(error)) throw error;
    await client.query('rollback');
    await applyAll(client, pending, log, attempts - 1);
  }
}

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

const lockKey = 4_218_003;

interface ApplicationRole {
  readonly role: string;
  readonly exists: boolean;
  /** The login may take it. */
  readonly usable: boolean;
  readonly mayCreate: boolean;
}

/**
 * The role that requests run as. Roles belong to the whole server, which may hold many copies of Acolhe, so its name
 * contains the database's oid.
 */
async function findApplicationRole(client: pg.ClientBase): Promise<ApplicationRole> {
  const { rows } = await client.query<ApplicationRole>(`
    select role, exists (select from pg_roles where rolname = role) as exists,
      coalesce((select pg_has_role(current_user, r.oid, 'member') from pg_roles r where r.rolname = role), false) as usable,
      (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) as "mayCreate"
    from (select 'acolhe_app_' || oid as role from pg_database where datname = current_database()) as name`);
  return onlyRow(rows);
}

/** Makes the role and lets this login take it. Undefined where the login may not make roles. */
async function prepareApplicationRole(client: pg.ClientBase, found: ApplicationRole): Promise<string | undefined> {
  if (!found.usable && !found.mayCreate) return undefined;
  const role = client.escapeIdentifier(found.role);
  if (!found.exists) await client.query(`create role ${role} nologin`);
  await client.query(`grant ${role} to current_user`);
  return found.role;
}
