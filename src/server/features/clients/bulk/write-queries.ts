import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { batchColumns, changedColumns, type CopyColumn, lineOf, namesOf } from './copy-columns.ts';
import type { KnownClient } from './known-client.ts';

/**
 * Tables of one transaction: `import_changes` keeps what is changed until the end, because several rows may change one client;
 * `import_batch` takes a piece of that. The planner's settings make it look up each of a few thousand rows by its key: it
 * knows little of a table that grows meanwhile and would read the whole of it.
 */
export async function createWorkTables(client: pg.ClientBase): Promise<void> {
  await client.query(
    'set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_seqscan = off',
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

/** COPY cannot write to a table with forced row-level security: there new clients go by a table of the transaction's own. */
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

/** Writes new clients; with `detour` by the transaction's own table. */
export async function insertClients(
  client: pg.ClientBase,
  clients: readonly KnownClient[],
  columns: readonly CopyColumn[],
  detour: boolean,
): Promise<void> {
  await copy(client, detour ? 'import_clients' : 'clients', clients, columns);
  if (!detour) return;
  const names = namesOf(columns);
  await client.query(`insert into clients (${names}) select ${names} from import_clients; truncate import_clients`);
}

/** Keeps changed clients in `import_changes`, in place of their earlier state there. */
export async function keepChanges(client: pg.ClientBase, clients: readonly KnownClient[]): Promise<void> {
  await copy(client, 'import_batch', clients, batchColumns);
  const names = namesOf(batchColumns);
  await client.query(
    `insert into import_changes (${names}) select ${names} from import_batch
      on conflict (id) do update set ${batchColumns.map(({ name }) => `${name} = excluded.${name}`).join(', ')};
     truncate import_batch`,
  );
}

/** Marks the phones of these clients as shared, so that somebody else may have them. */
export async function sharePhones(client: pg.ClientBase, clinicId: string, ids: readonly string[]): Promise<void> {
  await client.query(
    'update clients set phone_shared = true where clinic_id = $1 and id = any ($2) and not phone_shared',
    [clinicId, ids],
  );
}

/**
 * If the table was empty when it was last analysed, the planner expects it to stay so and would read all clients for each
 * look-up: gives it new statistics.
 */
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
  const into = client.query(copyFrom(`copy ${table} (${namesOf(columns)}) from stdin`));
  await pipeline(Readable.from(piecesOf(clients, columns)), into);
}

/**
 * Lines in pieces that the database can begin with: it takes a message of COPY only as a whole. Between pieces others have
 * their turn.
 */
async function* piecesOf(clients: readonly KnownClient[], columns: readonly CopyColumn[]): AsyncGenerator<Buffer> {
  for (let at = 0; at < clients.length; at += clientsPerPiece) {
    const lines = clients.slice(at, at + clientsPerPiece).map((client) => lineOf(client, columns));
    yield Buffer.from(lines.join(''));
    await turn();
  }
}

const clientsPerPiece = 250;

/** SQL that is true of a changed client `u` that is not, by now, as it was before. */
const isReal = `(u.created or u.changes <> '[]')`;

export interface ChangeCounts {
  /** Clients that are created or changed. */
  readonly real: number;
  /** Rows whose changes other rows reverted. */
  readonly unchangedRows: number;
  /** Clients that came from another professional. */
  readonly moved: number;
}

export async function countChanges(client: pg.ClientBase): Promise<ChangeCounts> {
  const { rows } = await client.query<ChangeCounts>(
    `select count(*) filter (where ${isReal})::integer as real,
       coalesce(sum(changed_rows) filter (where not ${isReal}), 0)::integer as "unchangedRows",
       count(*) filter (where not created and changes @> '[{"field": "professionalId"}]')::integer as moved
     from import_changes u`,
  );
  return rows[0] ?? { real: 0, unchangedRows: 0, moved: 0 };
}

/** Who has got a released phone back has it as before. */
export async function restorePhones(client: pg.ClientBase, clinicId: string): Promise<void> {
  await client.query(
    `update clients c set phone_shared = u.phone_shared from import_changes u
      where not ${isReal} and c.clinic_id = $1 and c.id = u.id and c.phone_shared <> u.phone_shared`,
    [clinicId],
  );
}

/** Writes what is kept, but not to clients that somebody has changed meanwhile. @returns the number of those written. */
export async function updateChanged(client: pg.ClientBase, clinicId: string): Promise<number> {
  const { rowCount } = await client.query(
    `update clients c set version = c.version + (not u.created)::integer, updated_at = now(),
        ${changedColumns.map(({ name }) => `${name} = ${takeOver(name)}`).join(', ')}
      from import_changes u
      where ${isReal} and c.clinic_id = $1 and c.id = u.id and c.version = u.version and c.archived_at is null`,
    [clinicId],
  );
  return rowCount ?? 0;
}

/** The new value of a column. Where search text has rarer letters it stays, and the database's trigger rewrites it. */
const takeOver = (column: string): string =>
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
