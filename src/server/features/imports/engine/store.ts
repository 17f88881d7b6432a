import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import type { Compilable, CompiledQuery } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Transaction } from '../../../db/transaction.ts';
import { batchColumns, changedColumns, changedLines, columnTypes, createdLines, type Lines } from './client-lines.ts';
import type { FieldChange, Keys, KnownClient } from './known-client.ts';
import { findClients, listKeys, type Lookup, type LookupScope, type Sharer } from './look-up-queries.ts';

/** Somebody changed a client after it was looked up: the import has to start over. */
export class ChangedMeanwhile extends Error {
  constructor() {
    super('a client was changed while it was imported');
    this.name = 'ChangedMeanwhile';
  }
}

export interface StoreOptions extends LookupScope {
  readonly action: 'import' | 'import_undone';
  readonly actorId: string;
  readonly sessionId: string | null;
  /** Whether new clients enter the search index later, which is a hundred times faster. */
  readonly indexLater: boolean;
}

/** What the last step of an import returns. */
export interface Finish {
  /** Rows whose changes other rows reverted. */
  readonly unchangedRows: number;
  readonly moved: number;
  readonly sample: readonly Difference[];
}

/** One update, as an example of what the import does. */
export interface Difference {
  readonly line: number;
  readonly client: { readonly id: string; readonly name: string };
  readonly changes: readonly FieldChange[];
}

/** What an import reads and writes, all in one transaction on one connection. */
export class ImportStore implements Transaction {
  readonly #client: pg.ClientBase;
  readonly #options: StoreOptions;
  /** COPY cannot write to a table with forced row-level security, so it writes to a temporary one first. */
  #viaOwnTable = false;
  #measured = false;

  constructor(client: pg.ClientBase, options: StoreOptions) {
    this.#client = client;
    this.#options = options;
  }

  /**
   * The planner knows little of a table that grows during the import. These settings make it look up each of a few thousand
   * rows by its key, instead of reading the whole table.
   */
  async begin(): Promise<void> {
    await this.#client.query('begin');
    await this.#client.query(`select set_config('app.system', 'on', true)`);
    await this.#client.query(
      `set local statement_timeout = 0; set local idle_in_transaction_session_timeout = '10min';
       set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_seqscan = off`,
    );
    const columns = changedColumns.map((column) => `${column} ${columnTypes[column] ?? 'text'}`).join(', ');
    await this.#client.query(
      `create temp table import_batch (id uuid primary key, version integer, created boolean, full_name text, ${columns},
         changes jsonb, changed_rows integer, line integer) on commit drop;
       create temp table import_changes (like import_batch including indexes) on commit drop;
       create index on import_changes (document);
       create index on import_changes (phone) where not phone_shared;
       create index on import_changes (phone, full_name, date_of_birth) where phone_shared;
       create index on import_changes (lower(email), full_name, date_of_birth);
       create index on import_changes (full_name, date_of_birth) where document is null and phone is null and email is null`,
    );
    const { rows } = await this.#client.query<{ forced: boolean }>(
      `select relforcerowsecurity as forced from pg_class where oid = 'clients'::regclass`,
    );
    this.#viaOwnTable = rows[0]?.forced === true;
    if (this.#viaOwnTable)
      await this.#client.query(
        'create temp table import_clients (like clients including defaults including generated) on commit drop',
      );
  }

  async run<Row>(query: Compilable<Row> | CompiledQuery<Row>): Promise<Row[]> {
    const { sql, parameters } = 'compile' in query ? query.compile() : query;
    const { rows } = await this.#client.query(sql, [...parameters]);
    return rows as Row[];
  }

  async commit(): Promise<void> {
    await this.#client.query('commit');
  }

  async rollback(): Promise<void> {
    await this.#client.query('rollback');
  }

  /** The keys of every active client that the import may find, in batches. */
  listKeys(): AsyncGenerator<readonly Keys[]> {
    return listKeys(this.#client, this.#options);
  }

  async countClients(atMost: number): Promise<number> {
    const { rows } = await this.#client.query<{ count: number }>(
      `select count(*)::integer from (select from clients where clinic_id = $1 and archived_at is null limit $2) as found`,
      [this.#options.clinicId, atMost],
    );
    return rows[0]?.count ?? 0;
  }

  /** The active clients that have one of the keys, as this import has changed them. */
  find(lookup: Lookup, sharers: readonly Sharer[] = []): Promise<KnownClient[]> {
    return findClients(this.#client, this.#options, lookup, sharers);
  }

  /** Writes new clients. Changes of others are kept for the end, because several rows may change one client. */
  async write(created: readonly KnownClient[], changed: readonly KnownClient[]): Promise<void> {
    if (this.#options.dryRun === true) {
      if (created.length + changed.length > 0) await this.#keepChanges([...created, ...changed]);
      return;
    }
    await this.#releasePhones(changed);
    if (created.length > 0) await this.#insert(created);
    if (!this.#measured) await this.#measure();
    if (changed.length > 0) await this.#keepChanges(changed);
  }

  /**
   * Phones that clients give up are free at once, though the change itself is written at the end: somebody of a later row may
   * have the number. Until then it is marked as shared.
   */
  async #releasePhones(changed: readonly KnownClient[]): Promise<void> {
    const released = changed.filter(({ pending }) => pending.some(({ field }) => field === 'phone'));
    if (released.length === 0) return;
    await this.#client.query(
      'update clients set phone_shared = true where clinic_id = $1 and id = any ($2) and not phone_shared',
      [this.#options.clinicId, released.map(({ id }) => id)],
    );
  }

  /**
   * If the table was empty when it was last analysed, the planner expects it to stay so and would read all clients for each
   * look-up. After the first chunk it gets new statistics.
   */
  async #measure(): Promise<void> {
    this.#measured = true;
    const { rows } = await this.#client.query<{ few: boolean }>(
      `select reltuples < 5000 as few from pg_class where oid = 'clients'::regclass`,
    );
    if (rows[0]?.few === true) await this.#client.query('analyze clients');
  }

  async #insert(clients: readonly KnownClient[]): Promise<void> {
    const lines = createdLines(clients, this.#options);
    await this.#copy(this.#viaOwnTable ? 'import_clients' : 'clients', clients, lines);
    if (!this.#viaOwnTable) return;
    const columns = lines.columns.join(', ');
    await this.#client.query(
      `insert into clients (${columns}) select ${columns} from import_clients; truncate import_clients`,
    );
  }

  async #keepChanges(clients: readonly KnownClient[]): Promise<void> {
    await this.#copy('import_batch', clients, changedLines);
    await this.#client.query(
      `insert into import_changes (${batchColumns.join(', ')}) select ${batchColumns.join(', ')} from import_batch
        on conflict (id) do update set ${batchColumns.map((column) => `${column} = excluded.${column}`).join(', ')};
       truncate import_batch`,
    );
  }

  /** Writes the changes of existing clients, with one version each. Throws ChangedMeanwhile. */
  async finish(sampleSize: number): Promise<Finish> {
    const isReal = `(u.created or u.changes <> '[]')`;
    const [counts] = await this.#rows<{ real: number; unchanged: number; moved: number }>(
      `select count(*) filter (where ${isReal})::integer as real,
         coalesce(sum(changed_rows) filter (where not ${isReal}), 0)::integer as unchanged,
         count(*) filter (where not created and changes @> '[{"field": "professionalId"}]')::integer as moved
       from import_changes u`,
    );
    if (this.#options.dryRun !== true) await this.#applyChanges(isReal, counts?.real);
    const sample = await this.#rows<Difference>(
      `select line, json_build_object('id', id, 'name', full_name) as client, changes
       from (
         select *, app.compact_changes(all_changes) as changes from (
           select line, id, full_name, changes from import_changes
           where not created and changes <> '[]' and pg_column_size(changes) < $2 order by line limit 4 * $1
         ) as u (line, id, full_name, all_changes)
       ) as small
       where octet_length(changes::text) <= $2 order by line limit $1`,
      [sampleSize, longestSample],
    );
    return { unchangedRows: counts?.unchanged ?? 0, moved: counts?.moved ?? 0, sample };
  }

  async #applyChanges(isReal: string, expected: number | undefined): Promise<void> {
    const { clinicId, importId, actorId, sessionId, action } = this.#options;
    // Whoever has got a released phone back has it as before.
    await this.#client.query(
      `update clients c set phone_shared = u.phone_shared from import_changes u
        where not ${isReal} and c.clinic_id = $1 and c.id = u.id and c.phone_shared <> u.phone_shared`,
      [clinicId],
    );
    const { rowCount } = await this.#client.query(
      `update clients c set version = c.version + (not u.created)::integer, updated_at = now(),
          ${changedColumns.map((column) => `${column} = ${takeOver(column)}`).join(', ')}
        from import_changes u
        where ${isReal} and c.clinic_id = $1 and c.id = u.id and c.version = u.version and c.archived_at is null`,
      [clinicId],
    );
    if (rowCount !== expected) throw new ChangedMeanwhile();
    await this.#client.query(
      `insert into client_versions (clinic_id, client_id, version, professional_id, session_id, action, changes, import_id)
        select $1, id, version + 1, $2, $3, $5, app.compact_changes(changes), $4 from import_changes u where ${isReal} and not created`,
      [clinicId, actorId, sessionId, importId, action],
    );
  }

  async #rows<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.#client.query<Row>(text, values)).rows;
  }

  async #copy(table: string, clients: readonly KnownClient[], { columns, lineOf }: Lines): Promise<void> {
    const into = this.#client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
    await pipeline(Readable.from(piecesOf(clients, lineOf)), into);
  }
}

/**
 * Lines in pieces that the database can begin with: it takes a message of COPY only as a whole. Between pieces others have
 * their turn.
 */
async function* piecesOf(clients: readonly KnownClient[], lineOf: Lines['lineOf']): AsyncGenerator<Buffer> {
  for (let at = 0; at < clients.length; at += clientsPerPiece) {
    const lines = clients.slice(at, at + clientsPerPiece).map(lineOf);
    yield Buffer.from(lines.join(''));
    await turn();
  }
}

const clientsPerPiece = 250;

/** Bytes of the changes that an example may have: an import's row is read with every list of them. */
const longestSample = 4096;

/** The new value of a column. Where search text has rarer letters it stays, and the database's trigger rewrites it. */
const takeOver = (column: string): string =>
  column === 'search_text' || column === 'facets' ? `coalesce(u.${column}, c.${column})` : `u.${column}`;
