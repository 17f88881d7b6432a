import { createHash } from 'node:crypto';
import { Transform, type Readable, type Writable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { describeTables, sortParentsFirst, type Table } from '../db/table-catalogue.ts';
import { createTransaction } from '../db/client-transaction.ts';
import type { TableContent, TableShape } from './manifest.ts';

export type { Table };

/**
 * Tables that archives leave out, like all unlogged tables: sign-in codes must not become valid again, request counts are out
 * of date, and migrations create their own table.
 */
const excludedTables = ['access_codes', 'rate_limits', 'schema_migrations'];

/** Settings under which every server writes a value as the same text. */
const outputSettings = `
  set local client_encoding = 'UTF8'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
  set local timezone = 'UTC'; set local extra_float_digits = 1; set local bytea_output = 'hex';
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local lock_timeout = 0;
  select set_config('app.system', 'on', true)`;

/** Prepares a transaction for reading or writing whole tables, also under row-level security. */
export const prepareTransaction = (client: pg.ClientBase): Promise<unknown> => client.query(outputSettings);

/** The tables of an archive, each after the tables it refers to. */
export const listTables = async (client: pg.ClientBase): Promise<Table[]> =>
  sortParentsFirst(
    (await describeTables(createTransaction(client), ['p'])).filter(({ name }) => !excludedTables.includes(name)),
  ).map(({ name, columns, order }) => ({
    name,
    columns,
    order,
  }));

/** The rows of a table in COPY's text format, ordered by key: the same bytes on every server. */
export const readTable = (client: pg.ClientBase, { name, columns, order }: Table): Readable =>
  client.query(copyTo(`copy (select ${list(columns)} from ${quote(name)} order by ${order}) to stdout`));

/** A stream that inserts rows in COPY's text format. */
export const writeTable = (client: pg.ClientBase, table: TableShape): Writable =>
  client.query(copyFrom(`copy ${quote(table.name)} (${list(table.columns)}) from stdin`));

/** A name as an identifier of SQL. */
export const quote = (name: string): string => pg.escapeIdentifier(name);
/** Names as identifiers, separated by commas. */
export const list = (names: readonly string[]): string => names.map(quote).join(', ');

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
