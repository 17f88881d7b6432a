import type { Scope } from '../../../../shared/permissions.ts';
import { qb } from '../../../db/query-builder.ts';
import { ago, purgeWith } from '../../../db/purge.ts';
import { onlyRow } from '../../../db/rows.ts';
import { sql } from '../../../db/sql.ts';
import { inScope } from '../../../db/scope.ts';
import type { Transaction } from '../../../db/transaction.ts';
import type { Actor } from '../../../http/actor.ts';
import type { FieldChange } from '../fields.ts';
import type { VersionAction } from '../history-queries.ts';
import { clientColumns, type ClientRow } from '../queries.ts';
import type { WrittenVersion } from './decide.ts';

/** The clients among `ids` that the scope reaches, locked in the order of ids, so that two such changes cannot deadlock. */
export const lockSeveral = (tx: Transaction, ids: readonly string[], scope: Scope): Promise<ClientRow[]> =>
  tx.run(
    sql<ClientRow>`select ${clientColumns} from clients
      where id = any (${ids}::uuid[]) and ${inScope(scope)} order by id for update`,
  );

export interface SeveralWrite {
  readonly row: ClientRow;
  readonly action: VersionAction;
  readonly changes: readonly FieldChange[];
}

/** A write as the statement reads it: what does not change is null. */
const describeWrite = ({ row, action, changes }: SeveralWrite) => ({
  id: row.id,
  action,
  changes,
  tags: changes.find(({ field }) => field === 'tags')?.to ?? null,
  professional_id: changes.find(({ field }) => field === 'professionalId')?.to ?? null,
});

/** Writes the next version of each client, and its history, in one statement. */
export const writeSeveral = (
  tx: Transaction,
  { clinicId, professionalId, sessionId }: Actor,
  writes: readonly SeveralWrite[],
): Promise<unknown> =>
  tx.run(
    sql`
      with given as (
        select * from jsonb_to_recordset(${JSON.stringify(writes.map(describeWrite))}::jsonb)
          as g (id uuid, action text, changes jsonb, tags text[], professional_id uuid)
      ), written as (
        update clients c set version = c.version + 1, updated_at = now(), tags = coalesce(g.tags, c.tags),
          professional_id = coalesce(g.professional_id, c.professional_id),
          archived_at = case g.action when 'archive' then now() when 'restore' then null else c.archived_at end
        from given g where c.clinic_id = ${clinicId} and c.id = g.id
        returning c.id, c.version, g.action, g.changes
      )
      insert into client_versions (clinic_id, client_id, version, professional_id, session_id, action, changes)
      select ${clinicId}::uuid, id, version, ${professionalId}::uuid, ${sessionId}::uuid, action, changes from written`,
  );

/** Remembers which versions belong together. @returns the id by which they can be undone */
export async function insertBulkChange(
  tx: Transaction,
  actor: Actor,
  writes: readonly SeveralWrite[],
): Promise<{ readonly id: string; readonly made_at: Date }> {
  const rows = await tx.run(
    qb
      .insertInto('client_bulk_changes')
      .values({
        clinic_id: actor.clinicId,
        client_ids: writes.map(({ row }) => row.id),
        versions: writes.map(({ row }) => row.version + 1),
        made_by: actor.professionalId,
      })
      .returning(['id', 'made_at']),
  );
  return onlyRow(rows);
}

/** A person's own change, locked until the transaction ends. */
export async function lockBulkChange(tx: Transaction, id: string, madeBy: string) {
  const rows = await tx.run(
    qb
      .selectFrom('client_bulk_changes')
      .select(['client_ids', 'made_at', 'undone_at'])
      .where('id', '=', id)
      .where('made_by', '=', madeBy)
      .forUpdate(),
  );
  return rows[0];
}

export const markUndone = (tx: Transaction, id: string): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('client_bulk_changes')
      .set({ undone_at: sql`now()` })
      .where('id', '=', id),
  );

/** The versions that a change wrote, by client; of those who are anonymous by now none. */
export async function listWritten(tx: Transaction, id: string): Promise<ReadonlyMap<string, WrittenVersion>> {
  const rows = await tx.run<WrittenVersion & { client_id: string }>(
    sql<WrittenVersion & { client_id: string }>`
      select v.client_id, v.action, v.changes, b.made_at
      from client_bulk_changes b cross join unnest(b.client_ids, b.versions) as w (client_id, version)
      join client_versions v on v.clinic_id = b.clinic_id and v.client_id = w.client_id and v.version = w.version
      where b.clinic_id = app.current_clinic() and b.id = ${id} and not exists (
        select from client_anonymizations a
        where a.clinic_id = b.clinic_id and a.done_at is not null and v.client_id = any (a.client_ids)
      )`,
  );
  return new Map(rows.map(({ client_id, ...version }) => [client_id, version]));
}

/** Which versions belonged together means nothing once that cannot be undone any more. */
export const purgeBulkChanges = purgeWith((limit) =>
  qb
    .deleteFrom('client_bulk_changes')
    .where((eb) =>
      eb(
        eb.refTuple('clinic_id', 'id'),
        'in',
        qb
          .selectFrom('client_bulk_changes')
          .select(['clinic_id', 'id'])
          .where('made_at', '<', ago('1 day'))
          .limit(limit)
          .$asTuple('clinic_id', 'id'),
      ),
    ),
);
