import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { batchColumns, changedColumns, type CopyColumn, writeCopyLine, joinNames } from './copy-columns.ts';
import type { KnownClient } from './known-client.ts';

/**
 * Creates the temporary tables of an import. `import_changes` keeps changes until the end, because several rows may change one
 * client; `import_batch` receives a batch of them. The planner's statistics lag behind a table that grows within a transaction,
 * and it would scan all of it: the settings make it look up rows by key. The last one is a compromise: filtered lists read through
 * what clients_facets_idx has not sorted in yet.
 */
export async function createWorkTables(client: pg.ClientBase): Promise<void> {
  await client.query(
    `set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_seqscan = off;
     set local gin_pending_list_limit = '512kB'`,
  );
  const columns = batchColumns.map(({ name, type }) => `${name} ${type}${name === 'id' ? ' primary key' : ''}`);
  await client.query(
    `create temp table import_batch (${columns.join(', ')}) on commit drop;
     create temp table import_changes (like import_batch including indexes) on commit drop;
     create index on import_changes (document);
     create index on import_changes (phone) where not phone_shared;
     create index on import_changes (phone, full_name, date_of_birth) where phone_shared;
     create index on import_changes (lower(email), full_name, date_of_birth);
     create index on import_changes (full_name, date_of_birth) where document is null and phone is null and email is null`,
  );
}

/** COPY cannot write to a table with forced row-level security: then new clients go through a temporary table. */
export async function createDetour(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ forced: boolean }>(
    `select relforcerowsecurity as forced from pg_class where oid = 'clients'::regclass`,
  );
  if (rows[0]?.forced !== true) return false;
  await client.query(
    'create temp table import_clients (like clients including defaults including generated) on commit drop',
  );
  return true;
}

/** Writes new clients; with `detour` through the temporary table. */
export async function insertClients(
  client: pg.ClientBase,
  clients: readonly KnownClient[],
  columns: readonly CopyColumn[],
  detour: boolean,
): Promise<void> {
  await copy(client, detour ? 'import_clients' : 'clients', clients, columns);
  if (!detour) return;
  const names = joinNames(columns);
  await client.query(`insert into clients (${names}) select ${names} from import_clients; truncate import_clients`);
}

/** Stores changed clients in `import_changes`; replaces their earlier state there. */
export async function keepChanges(client: pg.ClientBase, clients: readonly KnownClient[]): Promise<void> {
  await copy(client, 'import_batch', clients, batchColumns);
  const names = joinNames(batchColumns);
  await client.query(
    `insert into import_changes (${names}) select ${names} from import_batch
      on conflict (id) do update set ${batchColumns.map(({ name }) => `${name} = excluded.${name}`).join(', ')};
     truncate import_batch`,
  );
}

/** Marks the phones of these clients as shared, so that another client may have them too. */
export async function sharePhones(client: pg.ClientBase, clinicId: string, ids: readonly string[]): Promise<void> {
  await client.query(
    'update clients set phone_shared = true where clinic_id = $1 and id = any ($2) and not phone_shared',
    [clinicId, ids],
  );
}

/** Updates the planner's statistics if they say that there are few clients: it would scan the whole table for each look-up. */
export async function measureClients(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ few: boolean }>(
    `select reltuples < 5000 as few from pg_class where oid = 'clients'::regclass`,
  );
  if (rows[0]?.few === true) await client.query('analyze clients');
}

async function copy(
  client: pg.ClientBase,
  table: string,
  clients: readonly KnownClient[],
  columns: readonly CopyColumn[],
): Promise<void> {
  const into = client.query(copyFrom(`copy ${table} (${joinNames(columns)}) from stdin`));
  await pipeline(Readable.from(cutIntoPieces(clients, columns)), into);
}

/**
 * Yields lines in pieces, so that the database can start early: it processes each COPY message as a whole. Other work of this
 * process runs between the pieces.
 */
async function* cutIntoPieces(clients: readonly KnownClient[], columns: readonly CopyColumn[]): AsyncGenerator<Buffer> {
  for (let at = 0; at < clients.length; at += clientsPerPiece) {
    const lines = clients.slice(at, at + clientsPerPiece).map((client) => writeCopyLine(client, columns));
    yield Buffer.from(lines.join(''));
    await turn();
  }
}

const clientsPerPiece = 250;

/** SQL condition: client `u` really differs from its stored state, because no later row has reverted the changes. */
const isReal = `(u.created or u.changes <> '[]')`;

/** As a path into changes: a name is overwritten. */
const isRenamed = `$[*] ? ((@.field == "firstName" || @.field == "lastName") && @.from != null)`;

export interface ChangeCounts {
  /** The number of clients that are created or changed. */
  readonly real: number;
  /** The number of rows whose changes other rows reverted. */
  readonly unchangedRows: number;
  /** The number of clients that change from one professional to another. */
  readonly moved: number;
  /** The number of clients who had a name and get another one. */
  readonly renamed: number;
}

export async function countChanges(client: pg.ClientBase): Promise<ChangeCounts> {
  const { rows } = await client.query<ChangeCounts>(
    `select count(*) filter (where ${isReal})::integer as real,
       coalesce(sum(changed_rows) filter (where not ${isReal}), 0)::integer as "unchangedRows",
       count(*) filter (where not created and changes @> '[{"field": "professionalId"}]')::integer as moved,
       count(*) filter (where not created and changes @? '${isRenamed}')::integer as renamed
     from import_changes u`,
  );
  return rows[0] ?? { real: 0, unchangedRows: 0, moved: 0, renamed: 0 };
}

/** Restores `phone_shared` of clients whose change of phone was reverted. */
export async function restorePhones(client: pg.ClientBase, clinicId: string): Promise<void> {
  await client.query(
    `update clients c set phone_shared = u.phone_shared from import_changes u
      where not ${isReal} and c.clinic_id = $1 and c.id = u.id and c.phone_shared <> u.phone_shared`,
    [clinicId],
  );
}

/** Writes the kept changes, except to clients that somebody else has changed since. @returns the number written */
export async function updateChanged(client: pg.ClientBase, clinicId: string): Promise<number> {
  const { rowCount } = await client.query(
    `update clients c set version = c.version + (not u.created)::integer, updated_at = now(),
        ${changedColumns.map(({ name }) => `${name} = ${chooseNewValue(name)}`).join(', ')}
      from import_changes u
      where ${isReal} and c.clinic_id = $1 and c.id = u.id and c.version = u.version and c.archived_at is null`,
    [clinicId],
  );
  return rowCount ?? 0;
}

/** SQL for the new value of a column. Search columns that only the database can compute are left to its trigger. */
const chooseNewValue = (column: string): string =>
  column === 'search_text' || column === 'facets' ? `coalesce(u.${column}, c.${column})` : `u.${column}`;

export interface ChangedBy {
  readonly clinicId: string;
  readonly importId: string | null;
  readonly actorId: string;
  readonly sessionId: string | null;
  readonly action: 'import' | 'import_undone';
}

/** Writes a version of every client that was changed. */
export async function insertVersions(
  client: pg.ClientBase,
  { clinicId, importId, actorId, sessionId, action }: ChangedBy,
): Promise<void> {
  await client.query(
    `insert into client_versions (clinic_id, client_id, version, professional_id, session_id, action, changes, import_id)
      select $1, id, version + 1, $2, $3, $5, app.compact_changes(changes), $4 from import_changes u where ${isReal} and not created`,
    [clinicId, actorId, sessionId, importId, action],
  );
}
