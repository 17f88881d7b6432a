import { sql } from 'kysely';
import { qb } from '../../../db/query-builder.ts';
import type { Transaction } from '../../../db/transaction.ts';
import { clientColumns } from '../engine/client-columns.ts';
import type { FieldChange, KnownClient } from '../engine/known-client.ts';
import { knownClient, type StoredRow } from '../engine/look-up-queries.ts';
import type { ImportRow } from '../stored/import-queries.ts';

const chunkSize = 2000;

/** Limits a statement to one professional's clients, if one is given. */
const ownedBy = (owner: string | undefined) => (owner === undefined ? sql`` : sql`and professional_id = ${owner}`);

/** Removes clients that are exactly as the import created them; of one owner if given. Returns how many. */
export async function deleteCreated(
  tx: Transaction,
  { id, clinic_id: clinicId }: ImportRow,
  owner: string | undefined,
): Promise<number> {
  const rows = await tx.run<{ count: number }>(
    sql<{ count: number }>`with gone as (
        delete from clients where clinic_id = ${clinicId} and import_id = ${id} and version = 1 and archived_at is null
          ${ownedBy(owner)}
        returning id
      ), dismissed as (
        -- Remarks that they are different people are void.
        delete from duplicate_dismissals
        where clinic_id = ${clinicId} and (first_id in (select id from gone) or second_id in (select id from gone))
      ) select count(*)::integer as count from gone`.compile(qb),
  );
  return rows[0]?.count ?? 0;
}

/**
 * Archives clients that only other imports have changed since, which have been undone as well, so that they are as this one
 * created them. They are not removed because their history stays. Returns their ids.
 */
export async function archiveAsImported(
  tx: Transaction,
  { id, clinic_id: clinicId }: ImportRow,
  {
    actorId,
    sessionId,
    owner,
  }: { readonly actorId: string; readonly sessionId: string | null; readonly owner: string | undefined },
): Promise<string[]> {
  const rows = await tx.run<{ id: string }>(
    sql<{ id: string }>`with gone as (
        update clients c set archived_at = now(), updated_at = now(), version = version + 1
        where clinic_id = ${clinicId} and import_id = ${id} and version > 1 and archived_at is null ${ownedBy(owner)}
          and not exists (
            select from client_versions v where v.clinic_id = c.clinic_id and v.client_id = c.id
              and v.action not in ('import', 'import_undone'))
          and not exists (
            select from client_versions v cross join app.split_changes(v.changes) as change
            where v.clinic_id = c.clinic_id and v.client_id = c.id group by change.field, change.part
            having (array_agg(change.old_value order by v.version))[1]
              is distinct from (array_agg(change.new_value order by v.version desc))[1])
        returning id, version
      ), noted as (
        insert into client_versions (clinic_id, client_id, version, professional_id, session_id, action, changes)
        select ${clinicId}::uuid, id, version, ${actorId}::uuid, ${sessionId}::uuid, 'import_undone', '[]' from gone
      ) select id from gone`.compile(qb),
  );
  return rows.map((row) => row.id);
}

/** Clients that the import created and that stay because somebody has changed them; not those just archived. */
export async function listLeft(
  tx: Transaction,
  { id, clinic_id: clinicId }: ImportRow,
  archived: readonly string[],
): Promise<string[]> {
  const rows = await tx.run(
    qb.selectFrom('clients').select('id').where('clinic_id', '=', clinicId).where('import_id', '=', id).orderBy('id'),
  );
  const isGone = new Set(archived);
  return rows.map((row) => row.id).filter((left) => !isGone.has(left));
}

export interface ChangedClient {
  readonly client: KnownClient;
  readonly archived: boolean;
  /** What the import changed. */
  readonly changes: readonly FieldChange[];
}

/** Clients that the import changed, as they are now, by id; a chunk of those after the given id. */
export async function listChanged(
  tx: Transaction,
  { id, clinic_id: clinicId }: ImportRow,
  after: string,
): Promise<ChangedClient[]> {
  const rows = await tx.run<StoredRow & { archived: boolean }>(
    sql<StoredRow & { archived: boolean }>`
      select ${sql.raw(clientColumns.map((column) => `c.${column}`).join(', '))}, c.archived_at is not null as archived,
        false as created, v.changes, 0 as changed_rows, 0 as line
      from client_versions v join clients c on c.clinic_id = v.clinic_id and c.id = v.client_id
      where v.clinic_id = ${clinicId} and v.import_id = ${id} and v.client_id > ${after}
      order by v.client_id limit ${chunkSize}`.compile(qb),
  );
  return rows.map((row) => ({ client: knownClient(row), archived: row.archived, changes: row.changes }));
}
