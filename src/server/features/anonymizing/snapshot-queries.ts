import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Contributions } from '../../feature.ts';

/** Of each row, by its key: the hash of every column's value, null where it is empty. */
export type TableRows = ReadonlyMap<string, Readonly<Record<string, string | null>>>;

interface TableShape {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly key: readonly string[];
}

/** Columns and keys of tables. */
export const listShapes = (tx: Transaction, tables: readonly string[]): Promise<TableShape[]> =>
  tx.run(
    sql<TableShape>`
      select c.relname as name,
        (select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum)
          from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
        (select jsonb_agg(a.attname order by k.place)
          from pg_index i, unnest(i.indkey) with ordinality as k (number, place)
          join pg_attribute a on a.attnum = k.number
          where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid) as key
      from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relname = any (${tables}::text[])`,
  );

interface Reading {
  readonly tables: Contributions['clientTables'];
  readonly shapes: ReadonlyMap<string, TableShape>;
  readonly clinicId: string;
  readonly clientIds: readonly string[];
}

/** The rows of a table that hang on the clients. */
export async function readRows(tx: Transaction, name: string, reading: Reading): Promise<TableRows> {
  const shape = shapeOf(reading, name);
  // Contents of files are told by their row.
  const columns = shape.columns.filter(({ type }) => type !== 'bytea').map((column) => sql.ref(column.name));
  const rows = await tx.run(
    sql<{ key: string; columns: Record<string, string | null> }>`
      select concat_ws(' ', ${sql.join(shape.key.map((column) => sql.ref(`t.${column}`)))}) as key, (
          select jsonb_object_agg(e.key, case when e.value in ('null', '[]', '{}', '""') then null else md5(e.value::text) end)
          from jsonb_each(to_jsonb(t)) as e
        ) as columns
      from (select ${sql.join(columns)} from ${sql.table(name)} where ${hangs(name, reading)}) as t`,
  );
  return new Map(rows.map(({ key, columns: values }) => [key, values]));
}

function shapeOf({ shapes }: Reading, name: string): TableShape {
  const shape = shapes.get(name);
  if (shape === undefined) throw new Error(`there is no table ${name}`);
  return shape;
}

/** SQL condition that a row hangs on the clients, by itself or by a row of another table. */
function hangs(name: string, reading: Reading): ReturnType<typeof sql<boolean>> {
  const table = reading.tables[name as keyof typeof reading.tables];
  if (table === undefined) throw new Error(`${name} does not hang on a client`);
  const { clinicId, clientIds } = reading;
  const inClinic = sql`clinic_id = ${clinicId}`;
  if (table.of !== undefined) {
    const parents = sql`select id from ${sql.table(table.of)} where ${hangs(table.of, reading)}`;
    return sql<boolean>`${inClinic} and ${sql.ref(table.columns[0] ?? '')} in (${parents})`;
  }
  const conditions = table.columns.map((column) => {
    const { type } = shapeOf(reading, name).columns.find((each) => each.name === column) ?? { type: '' };
    if (type === 'uuid[]') return sql`${sql.ref(column)} && ${clientIds}::uuid[]`;
    if (type === 'jsonb') return sql`${sql.ref(column)}::text like any (${clientIds.map((id) => `%${id}%`)}::text[])`;
    return sql`${sql.ref(column)} = any (${clientIds}::uuid[])`;
  });
  return sql<boolean>`${inClinic} and (${sql.join(conditions, sql` or `)})`;
}
