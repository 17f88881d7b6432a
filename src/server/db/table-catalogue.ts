import { sql } from './sql.ts';
import type { Transaction } from './transaction.ts';

/** A table as the catalogue describes it, without generated columns. */
export interface Table {
  readonly name: string;
  readonly columns: string[];
  /** SQL that orders the rows alike on every server. */
  readonly order: string;
}

interface TableRow extends Table {
  readonly parents: string[];
}

/** The tables of the schema `public` but for those of extensions: `p` the permanent, `u` the unlogged ones. */
export function describeTables(tx: Transaction, kinds: readonly ('p' | 'u')[]): Promise<TableRow[]> {
  return tx.run(
    sql<TableRow>`select c.relname as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      (select string_agg(quote_ident(a.attname) || case when a.attcollation = 0 then '' else ' collate "C"' end, ', ' order by k.place)
        from pg_index i, unnest(i.indkey) with ordinality as k (number, place)
        join pg_attribute a on a.attnum = k.number
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid) as order,
      array(select distinct p.relname::text from pg_constraint f join pg_class p on p.oid = f.confrelid
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as parents
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = any (${kinds})
      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
    order by c.relname`,
  );
}

export function sortParentsFirst(tables: readonly TableRow[]): TableRow[] {
  const names = new Set(tables.map(({ name }) => name));
  const placed = new Set<string>();
  const sorted: TableRow[] = [];
  while (sorted.length < tables.length) {
    const next = tables.find(
      ({ name, parents }) => !placed.has(name) && parents.every((parent) => placed.has(parent) || !names.has(parent)),
    );
    if (next === undefined) throw new Error('tables refer to one another in a circle: no order to load them in');
    placed.add(next.name);
    sorted.push(next);
  }
  return sorted;
}

/** A table with rows of clinics. */
export interface ClinicTable extends Table {
  /** The column that names the clinic. */
  readonly key: 'id' | 'clinic_id';
}

/** References that are no foreign keys, of tables that have to be loaded after another one all the same. */
const looseReferences: Readonly<Record<string, string>> = { clients: 'professionals' };

/**
 * The tables that hold rows of clinics, each after those it refers to: `clinics`, and all with a column `clinic_id`. They are read
 * from the catalogue, so that a table that a migration adds is among them.
 */
export async function listClinicTables(tx: Transaction): Promise<ClinicTable[]> {
  const rows = await describeTables(tx, ['p', 'u']);
  const related = rows
    .filter(({ name, columns }) => name === 'clinics' || columns.includes('clinic_id'))
    .map((row) => ({ ...row, parents: [...row.parents, looseReferences[row.name] ?? 'clinics'] }))
    .map((row) => ({ ...row, parents: row.parents.filter((parent) => parent !== row.name) }));
  return sortParentsFirst(related).map(({ name, columns, order }) => ({
    ...{ name, columns, order },
    key: name === 'clinics' ? 'id' : 'clinic_id',
  }));
}
