import type pg from 'pg';
import { BackupError } from './backup-error.ts';

interface FoundTable {
  readonly name: string;
  /** The name as it stands in a statement. */
  readonly sql: string;
}

async function refuseRows(client: pg.ClientBase, tables: readonly FoundTable[]): Promise<void> {
  for (const { name, sql } of tables) {
    if (name === 'schema_migrations') continue;
    const { rows } = await client.query<{ filled: boolean }>(`select exists (select from ${sql}) as filled`);
    if (rows[0]?.filled === true)
      throw new BackupError(`the database is not empty (${name} has rows): a restore needs an empty one`);
  }
}

/**
 * Drops an empty Acolhe schema, so that the archive's can be created. Throws BackupError, without changing anything, when there
 * is a row or a table that is not ours.
 */
export async function clearEmptyDatabase(client: pg.ClientBase): Promise<void> {
  const { rows: tables } = await client.query<FoundTable>(`
    select c.relname as name, quote_ident(c.relname) as sql from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
    order by c.relname`);
  if (tables.length === 0) return;
  if (!tables.some(({ name }) => name === 'schema_migrations'))
    throw new BackupError(`the database holds tables of something else (${tables[0]?.name ?? ''}): give an empty one`);
  // The first check takes no locks, so that a server running on this database by mistake is not disturbed.
  await refuseRows(client, tables);
  // Checked again under the lock: nobody may write a row between the check and the drop.
  await client.query(`lock table ${tables.map(({ sql }) => sql).join(', ')} in access exclusive mode`);
  await refuseRows(client, tables);
  await client.query(`drop table ${tables.map(({ sql }) => sql).join(', ')} cascade`);
  await client.query('drop schema if exists app cascade');
}
