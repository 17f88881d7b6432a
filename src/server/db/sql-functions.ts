import { createHash } from 'node:crypto';
import pg from 'pg';
import { once } from '../../shared/once.ts';
import { pointSearchPaths, readExtensionSchemas } from './extensions.ts';
import { listFunctionFiles, listMigrations, readAccessRules } from './migration-files.ts';
import { onlyRow } from './rows.ts';
import { listExpectedObjects } from './schema-objects.ts';

/**
 * Creates or replaces the functions of migrations/functions in the caller's transaction and records their checksums. Does
 * nothing when a later release has migrated the database: its functions stay.
 */
export async function applyFunctions(client: pg.ClientBase): Promise<void> {
  if (await hasLaterMigrations(client)) return;
  await replaceFunctions(client);
  // Every text ever applied here. In schema app, because earlier releases would report an unknown table in public.
  await client.query(`create table if not exists app.applied_functions (
    name text not null, checksum text not null, applied_at timestamptz not null default now(),
    constraint applied_functions_pk primary key (name, checksum)
  )`);
  const files = listFunctionFiles();
  await client.query(
    `insert into app.applied_functions (name, checksum) select * from unnest($1::text[], $2::text[])
     on conflict (name, checksum) do update set applied_at = now()`,
    [files.map(({ name }) => name), files.map(({ checksum }) => checksum)],
  );
  await client.query(`comment on schema app is ${client.escapeLiteral(await sealFunctions(client))}`);
}

/**
 * Whether the functions are those that this release applied last, to the letter. False when that is not known, for example after
 * another release: then compareFunctions tells, which takes a quarter of a second.
 */
export async function areFunctionsAsApplied(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ seal: string | null }>(
    `select obj_description(to_regnamespace('app'), 'pg_namespace') as seal`,
  );
  return onlyRow(rows).seal === (await sealFunctions(client));
}

/** The names of the functions of access.sql, without their schema. */
export const namesInAccessRules = once((): readonly string[] =>
  [...listExpectedObjects([readAccessRules()])].map((object) => object.replace('function app.', '')),
);

/** A hash of the texts of the files and of what PostgreSQL made of them; those of access.sql have a mark of their own. */
async function sealFunctions(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ definitions: string | null }>(
    `select string_agg(pg_get_functiondef(oid), '' order by oid::regprocedure::text) as definitions
     from pg_proc where pronamespace = to_regnamespace('app') and prokind in ('f', 'p') and proname <> all ($1)`,
    [namesInAccessRules()],
  );
  const hash = createHash('sha256').update(onlyRow(rows).definitions ?? '');
  for (const { checksum } of listFunctionFiles()) hash.update(checksum);
  return `functions ${hash.digest('hex')}`;
}

/** Creates or replaces the functions without recording them. The message of an error names the file. */
export async function replaceFunctions(client: pg.ClientBase): Promise<void> {
  const adapt = await readExtensionSchemas(client);
  for (const { name, sql } of listFunctionFiles())
    try {
      await client.query(adapt(sql));
    } catch (error) {
      if (error instanceof pg.DatabaseError) error.message = `migrations/${name}.sql: ${error.message}`;
      throw error;
    }
  await pointSearchPaths(client);
}

/**
 * Names of the functions whose text in this release was never applied to the database. A text that was applied and then
 * replaced by another release does not count: both releases have to work with both texts.
 */
export async function listPendingFunctions(client: pg.ClientBase): Promise<string[]> {
  if (await hasLaterMigrations(client)) return [];
  const files = listFunctionFiles();
  const names = files.map(({ name }) => name);
  const table = await client.query(`select from pg_class where oid = to_regclass('app.applied_functions')`);
  if (table.rows.length === 0) return names;
  const { rows } = await client.query<{ name: string }>(
    `select name from unnest($1::text[], $2::text[]) as f (name, checksum)
     where not exists (select from app.applied_functions a where a.name = f.name and a.checksum = f.checksum)`,
    [names, files.map(({ checksum }) => checksum)],
  );
  return rows.map(({ name }) => name);
}

/** Whether a later release than this one has migrated the database. */
export async function hasLaterMigrations(client: pg.ClientBase): Promise<boolean> {
  const known = listMigrations().map(({ name }) => name);
  const { rows: made } = await client.query(`select from pg_class where oid = to_regclass('public.schema_migrations')`);
  if (made.length === 0) return false;
  const { rows } = await client.query('select from public.schema_migrations where name <> all ($1) limit 1', [known]);
  return rows.length > 0;
}
