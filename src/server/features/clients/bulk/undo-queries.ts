import type { Scope } from '../../../../shared/permissions.ts';
import { qb } from '../../../db/query-builder.ts';
import { sql } from '../../../db/sql.ts';
import { inScope } from '../../../db/scope.ts';
import type { Transaction } from '../../../db/transaction.ts';
import { columnsOfClient } from './client-columns.ts';
import type { FieldChange, KnownClient } from './known-client.ts';
import { toKnownClient, type StoredRow } from './look-up-queries.ts';

const chunkSize = 2000;

/** An import that is being undone, limited to the clients of a scope. */
export interface Undone {
  readonly clinicId: string;
  readonly importId: string;
  readonly scope: Scope;
}

const isAsCreated = ({ clinicId, importId, scope }: Undone) =>
  sql`clinic_id = ${clinicId} and import_id = ${importId} and version = 1 and ${inScope(scope)}
    and ${isNamedNowhere}`;

/**
 * Columns whose rows tell of a client without a new version of them (client-tables.test.ts): whoever is named there is known to
 * the clinic by more than the import.
 */
export const namingColumns: readonly (readonly [table: string, column: string])[] = [
  ['appointments', 'client_id'],
  ['client_anonymizations', 'client_id'],
  ['client_copies', 'client_id'],
  ['client_links', 'client_id'],
  ['client_links', 'relative_id'],
  ['client_merges', 'loser_id'],
  ['client_merges', 'winner_id'],
  ['consents', 'client_id'],
  ['covering_clients', 'client_id'],
  ['data_requests', 'client_id'],
  ['emergency_accesses', 'client_id'],
  ['reminder_preferences', 'client_id'],
  ['series', 'client_id'],
  ['session_packages', 'client_id'],
  ['waiting_wishes', 'client_id'],
];

const isNamedNowhere = sql.join(
  namingColumns.map(
    ([table, column]) => sql`not exists (
      select from ${sql.table(table)} as r where r.clinic_id = clients.clinic_id and ${sql.ref(`r.${column}`)} = clients.id
    )`,
  ),
  sql` and `,
);

/** Locks those clients that are exactly as the import created them. @returns their ids */
export async function lockAsCreated(tx: Transaction, undone: Undone, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.run<{ id: string }>(
    sql<{ id: string }>`select id from clients where ${isAsCreated(undone)} and id = any (${ids}::uuid[])
      for update`,
  );
  return rows.map((row) => row.id);
}

/** Deletes the clients that are exactly as the import created them. @returns the number deleted */
export async function removeAsCreated(tx: Transaction, undone: Undone): Promise<number> {
  const rows = await tx.run<{ count: number }>(
    sql<{ count: number }>`with gone as (delete from clients where ${isAsCreated(undone)} returning id)
      select count(*)::integer as count from gone`,
  );
  return rows[0]?.count ?? 0;
}

/**
 * Archives clients that only other imports have changed, if undoing those has restored the state that this import created. They
 * are not deleted, because they have a history. @returns their ids
 */
export async function archiveAsImported(
  tx: Transaction,
  { clinicId, importId, scope }: Undone,
  { actorId, sessionId }: { readonly actorId: string; readonly sessionId: string | null },
): Promise<string[]> {
  const rows = await tx.run<{ id: string }>(
    sql<{ id: string }>`with gone as (
        update clients set archived_at = now(), updated_at = now(), version = version + 1
        where clinic_id = ${clinicId} and import_id = ${importId} and version > 1 and archived_at is null and ${inScope(scope)}
          and ${isNamedNowhere}
          and not exists (
            select from client_versions v where v.clinic_id = clients.clinic_id and v.client_id = clients.id
              and v.action not in ('import', 'import_undone'))
          and not exists (
            select from client_versions v cross join app.split_changes(v.changes) as change
            where v.clinic_id = clients.clinic_id and v.client_id = clients.id group by change.field, change.part
            having (array_agg(change.old_value order by v.version))[1]
              is distinct from (array_agg(change.new_value order by v.version desc))[1])
        returning id, version
      ), noted as (
        insert into client_versions (clinic_id, client_id, version, professional_id, session_id, action, changes)
        select ${clinicId}::uuid, id, version, ${actorId}::uuid, ${sessionId}::uuid, 'import_undone', '[]' from gone
      ) select id from gone`,
  );
  return rows.map((row) => row.id);
}

/** The ids of clients that the import created and that remain because somebody changed them, without those just archived. */
export async function listLeft(
  tx: Transaction,
  { clinicId, importId }: Pick<Undone, 'clinicId' | 'importId'>,
  archived: readonly string[],
): Promise<string[]> {
  const rows = await tx.run(
    qb
      .selectFrom('clients')
      .select('id')
      .where('clinic_id', '=', clinicId)
      .where('import_id', '=', importId)
      .orderBy('id'),
  );
  const isGone = new Set(archived);
  return rows.map((row) => row.id).filter((left) => !isGone.has(left));
}

export interface ChangedClient {
  readonly client: KnownClient;
  readonly archived: boolean;
  /** The import's changes. */
  readonly changes: readonly FieldChange[];
}

/** Lists clients that the import changed, in their current state: one chunk, ordered by id, after the given id. */
export async function listChanged(
  tx: Transaction,
  { clinicId, importId }: Pick<Undone, 'clinicId' | 'importId'>,
  after: string,
): Promise<ChangedClient[]> {
  const rows = await tx.run<StoredRow & { archived: boolean }>(
    sql<StoredRow & { archived: boolean }>`
      select ${sql.raw(columnsOfClient)}, c.archived_at is not null as archived,
        false as created, v.changes, 0 as changed_rows, 0 as line
      from client_versions v join clients c on c.clinic_id = v.clinic_id and c.id = v.client_id
      where v.clinic_id = ${clinicId} and v.import_id = ${importId} and v.client_id > ${after}
      order by v.client_id limit ${chunkSize}`,
  );
  return rows.map((row) => ({ client: toKnownClient(row), archived: row.archived, changes: row.changes }));
}
