import { finished } from 'node:stream/promises';
import type { Compilable, CompiledQuery } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Transaction } from '../../../db/transaction.ts';
import type { TextField } from '../reading/rows.ts';
import { clientColumns, textColumns } from './client-columns.ts';
import { arrayLiteral, copyLine } from './copy-format.ts';
import { type FieldChange, type Keys, type KnownClient } from './known-client.ts';
import { describeClient } from './search-text.ts';

/** Somebody changed a client between the look at it and the writing: the whole import is to be tried again. */
export class ChangedMeanwhile extends Error {
  constructor() {
    super('a client was changed while it was imported');
    this.name = 'ChangedMeanwhile';
  }
}

export interface StoreOptions {
  readonly clinicId: string;
  /** The import that what is written belongs to; none for one that is taken back. */
  readonly importId: string | null;
  readonly action: 'import' | 'import_undone';
  readonly actorId: string;
  readonly sessionId: string | null;
  /** Whether search takes the new clients in later, which is a hundred times as fast. */
  readonly indexLater: boolean;
}

export interface ChangedClient {
  readonly client: KnownClient;
  /** The version that the change was decided on. */
  readonly version: number;
  readonly changes: readonly FieldChange[];
}

/** Keys that some stored client may have. */
export type Lookup = Readonly<Record<keyof Keys, readonly string[]>>;

/** What an import reads and writes, all in one transaction on one connection. */
export class ImportStore implements Transaction {
  readonly #client: pg.ClientBase;
  readonly #options: StoreOptions;
  /** Under forced row-level security COPY cannot write to a table of clinics, so it writes to one of its own first. */
  #staged = false;
  #measured = false;

  constructor(client: pg.ClientBase, options: StoreOptions) {
    this.#client = client;
    this.#options = options;
  }

  async begin(): Promise<void> {
    await this.#client.query('begin');
    await this.#client.query(`select set_config('app.system', 'on', true)`);
    await this.#client.query(
      `set local statement_timeout = 0; set local idle_in_transaction_session_timeout = '10min'`,
    );
    await this.#client.query(
      `create temp table import_changes (id uuid, version integer, ${textColumns.map(([, column]) => `${column} text`).join(', ')},
         tags text[], extra jsonb, professional_id uuid, phone_shared boolean, changes jsonb) on commit drop`,
    );
    const { rows } = await this.#client.query<{ forced: boolean }>(
      `select relforcerowsecurity as forced from pg_class where oid = 'clients'::regclass`,
    );
    this.#staged = rows[0]?.forced === true;
    if (this.#staged)
      await this.#client.query('create temp table import_clients (like clients including defaults) on commit drop');
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

  /** The keys of every active client, in batches. */
  async *listKeys(): AsyncGenerator<
    readonly (readonly [string | null, string | null, string | null, string | null])[]
  > {
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const { rows } = await this.#client.query<[string, string | null, string | null, string | null, string]>({
        text: `select id, document, phone, lower(email), full_name from clients
          where clinic_id = $1 and archived_at is null and id > $2 order by id limit 20000`,
        values: [this.#options.clinicId, after],
        rowMode: 'array',
      });
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows.map(([, document, phone, email, name]) => {
        const bare = document === null && phone === null && email === null;
        return [document, phone, email, bare ? name : null] as const;
      });
      after = last[0];
    }
  }

  async countClients(atMost: number): Promise<number> {
    const { rows } = await this.#client.query<{ count: number }>(
      `select count(*)::integer from (select from clients where clinic_id = $1 and archived_at is null limit $2) as found`,
      [this.#options.clinicId, atMost],
    );
    return rows[0]?.count ?? 0;
  }

  /** The active clients that have one of the keys; of an e-mail or a phone that many have, the first two hundred. */
  async find(lookup: Lookup): Promise<KnownClient[]> {
    if (Object.values(lookup).every((keys) => keys.length === 0)) return [];
    const select = `select ${clientColumns.map((column) => `c.${column}`).join(', ')}`;
    const active = 'c.clinic_id = $1 and c.archived_at is null';
    const each = (place: number, condition: string): string =>
      `select found.* from unnest($${String(place)}::text[]) as key
        cross join lateral (${select} from clients c where ${active} and ${condition} limit 200) as found`;
    const { rows } = await this.#client.query<StoredRow>(
      `${select} from clients c where ${active} and c.document = any ($2::text[])
       union all ${each(3, 'c.phone = key and not c.phone_shared')}
       union all ${each(3, 'c.phone = key and c.phone_shared')}
       union all ${each(4, 'lower(c.email) = key')}
       union all ${each(5, 'c.in_search_index and c.full_name = key and c.document is null and c.phone is null and c.email is null')}
       union all ${each(5, 'not c.in_search_index and c.full_name = key and c.document is null and c.phone is null and c.email is null')}`,
      [this.#options.clinicId, lookup.document, lookup.phone, lookup.email, lookup.name],
    );
    const clients = new Map<string, KnownClient>();
    for (const row of rows) if (!clients.has(row.id)) clients.set(row.id, knownClient(row));
    return [...clients.values()];
  }

  /** Spells new clients and changes as they are written, apart from the writing: the database has other work meanwhile. */
  prepare(created: readonly KnownClient[], changed: readonly ChangedClient[]): Prepared {
    return { created: this.#createdLines(created), changed: changedLines(changed) };
  }

  /** Throws ChangedMeanwhile. */
  async write({ created, changed }: Prepared): Promise<void> {
    if (created.length > 0) await this.#insert(created);
    if (!this.#measured) await this.#measure();
    if (changed.length > 0) await this.#update(changed);
  }

  /**
   * A table that was empty when it was last looked at is thought to stay so, and its clients would be read one by one for
   * each that is looked for: after a first chunk the planner is told better.
   */
  async #measure(): Promise<void> {
    this.#measured = true;
    const { rows } = await this.#client.query<{ few: boolean }>(
      `select reltuples < 5000 as few from pg_class where oid = 'clients'::regclass`,
    );
    if (rows[0]?.few === true) await this.#client.query('analyze clients (clinic_id, id, document, phone)');
  }

  #createdLines(created: readonly KnownClient[]): string[] {
    const { clinicId, importId, indexLater } = this.#options;
    return created.map((client) => {
      const description = describeClient(client.values, client.tags);
      return copyLine([
        clinicId, client.id, importId, client.professionalId, client.phoneShared ? 't' : 'f', indexLater ? 'f' : 't',
        description?.searchText ?? '', arrayLiteral(description?.facets ?? []), arrayLiteral(client.tags),
        client.extra === null ? null : JSON.stringify(client.extra),
        ...textColumns.map(([field]) => client.values[field]),
      ]); // prettier-ignore
    });
  }

  async #insert(lines: readonly string[]): Promise<void> {
    const columns = createdColumns.join(', ');
    await this.#copy(`${this.#staged ? 'import_clients' : 'clients'} (${columns})`, lines);
    if (!this.#staged) return;
    await this.#client.query(`insert into clients (${columns}) select ${columns} from import_clients`);
    await this.#client.query('truncate import_clients');
  }

  async #update(lines: readonly string[]): Promise<void> {
    await this.#copy(`import_changes (id, version, ${changedColumns.join(', ')}, changes)`, lines);
    const { clinicId, importId, actorId, sessionId, action } = this.#options;
    const cast = (column: string): string => (column === 'date_of_birth' ? 'u.date_of_birth::date' : `u.${column}`);
    const { rowCount } = await this.#client.query(
      `update clients c set version = c.version + 1, updated_at = now(), ${changedColumns.map((column) => `${column} = ${cast(column)}`).join(', ')}
        from import_changes u where c.clinic_id = $1 and c.id = u.id and c.version = u.version and c.archived_at is null`,
      [clinicId],
    );
    if (rowCount !== lines.length) throw new ChangedMeanwhile();
    await this.#client.query(
      `insert into client_versions (clinic_id, client_id, version, professional_id, session_id, action, changes, import_id)
        select $1, id, version + 1, $2, $3, $5, changes, $4 from import_changes`,
      [clinicId, actorId, sessionId, importId, action],
    );
    await this.#client.query('truncate import_changes');
  }

  async #copy(target: string, lines: readonly string[]): Promise<void> {
    const stream = this.#client.query(copyFrom(`copy ${target} from stdin`));
    // In one piece: it waits in the socket's buffer while this process is busy with the next rows.
    stream.end(Buffer.from(lines.join('')));
    await finished(stream);
  }
}

export interface Prepared {
  readonly created: readonly string[];
  readonly changed: readonly string[];
}

const ownColumns = textColumns.map(([, column]) => column);
const createdColumns = [
  'clinic_id', 'id', 'import_id', 'professional_id', 'phone_shared', 'in_search_index', 'search_text', 'facets', 'tags',
  'extra', ...ownColumns,
]; // prettier-ignore
const changedColumns = [...ownColumns, 'tags', 'extra', 'professional_id', 'phone_shared'];

const changedLines = (changed: readonly ChangedClient[]): string[] =>
  changed.map(
    ({ client, version, changes }) =>
    copyLine([
      client.id, String(version), ...textColumns.map(([field]) => client.values[field]), arrayLiteral(client.tags),
      client.extra === null ? null : JSON.stringify(client.extra), client.professionalId, client.phoneShared ? 't' : 'f',
      JSON.stringify(changes),
    ]), // prettier-ignore
  );

export interface StoredRow {
  readonly id: string;
  readonly version: number;
  readonly professional_id: string;
  readonly phone_shared: boolean;
  readonly tags: string[];
  readonly extra: Record<string, string | null> | null;
  readonly [column: string]: unknown;
}

/** A stored client as the engine knows it. */
export function knownClient(row: StoredRow): KnownClient {
  const values: Partial<Record<TextField, string>> = {};
  for (const [field, column] of textColumns) {
    const value = row[column];
    if (typeof value === 'string' && value !== '') values[field] = value;
  }
  return {
    id: row.id,
    version: row.version,
    professionalId: row.professional_id,
    phoneShared: row.phone_shared,
    values,
    tags: row.tags,
    extra: row.extra,
  };
}
