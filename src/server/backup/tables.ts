import { createHash } from 'node:crypto';
import { Transform, type Readable, type Writable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { BackupError } from './backup-error.ts';
import type { TableContent, TableShape } from './manifest.ts';

/**
 * Tables that archives leave out, like all unlogged tables: sign-in codes must not become valid again, request counts are out
 * of date, and migrations create their own table.
 */
const excludedTables = ['access_codes', 'rate_limits', 'schema_migrations'];

export interface Table extends TableShape {
  /** SQL that orders the rows alike on every server. */
  readonly order: string;
}

interface TableRow extends Table {
  readonly parents: string[];
}

/** Settings under which every server writes a value as the same text. */
const outputSettings = `
  set local client_encoding = 'UTF8'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
  set local timezone = 'UTC'; set local extra_float_digits = 1; set local bytea_output = 'hex';
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local lock_timeout = 0;
  select set_config('app.system', 'on', true)`;

/** Prepares a transaction for reading or writing whole tables, also under row-level security. */
export const prepareTransaction = (client: pg.ClientBase): Promise<unknown> => client.query(outputSettings);

/** The tables of an archive, each after the tables it refers to. */
export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<TableRow>(
    `select c.relname as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      (select string_agg(quote_ident(a.attname) || case when a.attcollation = 0 then '' else ' collate "C"' end, ', ' order by k.place)
        from pg_index i, unnest(i.indkey) with ordinality as k (number, place)
        join pg_attribute a on a.attnum = k.number
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid) as order,
      array(select distinct p.relname::text from pg_constraint f join pg_class p on p.oid = f.confrelid
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as parents
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p' and not (c.relname = any ($1))
      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
    order by c.relname`,
    [excludedTables],
  );
  return sortParentsFirst(rows).map(({ name, columns, order }) => ({ name, columns, order }));
}

function sortParentsFirst(tables: readonly TableRow[]): TableRow[] {
  const names = new Set(tables.map(({ name }) => name));
  const placed = new Set<string>();
  const sorted: TableRow[] = [];
  while (sorted.length < tables.length) {
    const next = tables.find(
      ({ name, parents }) => !placed.has(name) && parents.every((parent) => placed.has(parent) || !names.has(parent)),
    );
    if (next === undefined) throw new BackupError('tables refer to one another in a circle: no order to load them in');
    placed.add(next.name);
    sorted.push(next);
  }
  return sorted;
}

/** The rows of a table in COPY's text format, ordered by key: the same bytes on every server. */
export const readTable = (client: pg.ClientBase, { name, columns, order }: Table): Readable =>
  client.query(copyTo(`copy (select ${list(columns)} from ${quote(name)} order by ${order}) to stdout`));

/** A stream that inserts rows in COPY's text format. */
export const writeTable = (client: pg.ClientBase, table: TableShape): Writable =>
  client.query(copyFrom(`copy ${quote(table.name)} (${list(table.columns)}) from stdin`));

const quote = (name: string): string => pg.escapeIdentifier(name);
const list = (columns: readonly string[]): string => columns.map(quote).join(', ');

const newline = 0x0a;

/** Counts rows and bytes and hashes everything that passes through. */
export class Measure extends Transform {
  readonly #hash = createHash('sha256');
  #rows = 0;
  #bytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, data: Buffer) => void): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    // Each row ends with a line feed; line feeds inside values are escaped in this format.
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, at + 1)) this.#rows += 1;
    done(null, chunk);
  }

  result(name: string): TableContent {
    return { name, rows: this.#rows, bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}
