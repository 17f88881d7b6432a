import { qb } from '../../db/query-builder.ts';
import type { Json } from '../../db/schema.generated.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { FieldChange } from './fields.ts';
import { type ClientRow, clientColumns } from './queries.ts';

export type VersionAction = 'create' | 'update' | 'archive' | 'restore';

export interface NewVersion {
  readonly clinicId: string;
  readonly clientId: string;
  readonly version: number;
  readonly professionalId: string;
  readonly sessionId: string;
  readonly action: VersionAction | 'anonymize' | 'merge' | 'unmerge';
  readonly mergeId?: string;
  readonly changes: readonly FieldChange[];
}

/** Stores a change in the history; of imported columns only those that changed. */
export const insertVersion = (tx: Transaction, version: NewVersion): Promise<unknown> =>
  tx.run(
    sql`insert ${sql.into('client_versions', {
      clinic_id: version.clinicId,
      client_id: version.clientId,
      version: version.version,
      professional_id: version.professionalId,
      session_id: version.sessionId,
      action: version.action,
      changes: sql<Json>`app.compact_changes(${JSON.stringify(version.changes)}::jsonb)`,
      merge_id: version.mergeId ?? null,
    })}`,
  );

/** Where a page of the history starts, and its size. */
export interface HistoryPage {
  /** The last version of the previous page. */
  readonly after: { readonly clientId: string; readonly version: number } | undefined;
  readonly limit: number;
}

/** The most bytes of changes on a page; a single version may have more. */
const pageBytes = 1024 * 1024;

/**
 * Lists the versions of a client and of the records merged into it, newest first, each with its author. If more follow, one
 * last row says so: its `fits` is false.
 */
export const listVersions = (tx: Transaction, id: string, { after, limit }: HistoryPage) =>
  tx.run(
    qb
      .selectFrom(
        sql<HistoryRow>`app.client_history(
          ${id}::uuid, ${after?.clientId ?? null}::uuid, ${after?.version ?? null}::integer, ${limit}::integer, ${pageBytes}::integer
        ) with ordinality`.as<'v'>(
          sql`v(client_id, version, at, action, changes, professional_id, merge_id, fits, position)`,
        ),
      )
      .innerJoin('professionals as p', 'p.id', 'v.professional_id')
      .leftJoin('client_merges as m', 'm.id', 'v.merge_id')
      .select(['v.client_id', 'v.version', 'v.at', 'v.action', 'v.changes', 'v.fits', 'v.merge_id'])
      .select(['m.winner_id', 'm.loser_id', 'm.merged_at', 'm.undone_at'])
      .select(['p.id as professional_id', 'p.first_name', 'p.last_name'])
      .orderBy('v.position'),
  );

interface HistoryRow {
  readonly client_id: string;
  readonly version: number;
  readonly at: Date;
  readonly action: string;
  readonly changes: Json;
  readonly professional_id: string;
  readonly merge_id: string | null;
  readonly fits: boolean;
  readonly position: string;
}

export type VersionRow = Awaited<ReturnType<typeof listVersions>>[number];

/** @returns the number of versions, at most `atMost` */
export async function countVersions(tx: Transaction, id: string, atMost: number): Promise<number> {
  const rows = await tx.run(sql<{ count: number }>`select app.count_history(${id}::uuid, ${atMost}) as count`);
  return onlyRow(rows).count;
}

/** SQL condition: a row belongs to a client or a record merged into it. Written as `= any (array(…))` so an index is used. */
const belongsTo = (column: 'id' | 'c.id', id: string) =>
  sql<boolean>`${sql.ref(column)} = any (array(select app.records_of(${id})))`;

/** Lists the records merged into a client, oldest first, after the given id. */
export const listMergedClients = (tx: Transaction, id: string, after: string, limit: number): Promise<ClientRow[]> =>
  tx.run(
    sql<ClientRow>`select ${clientColumns} from clients
      where ${belongsTo('id', id)} and id <> ${id} and id > ${after} order by id limit ${limit}`,
  );

/** Lists a client and the records merged into it, each with its version. */
export const listRecords = (tx: Transaction, id: string) =>
  tx.run(
    qb
      .selectFrom('clients as c')
      .select(['c.id', 'c.version'])
      .where('c.clinic_id', '=', sql<string>`app.current_clinic()`)
      .where(belongsTo('c.id', id)),
  );
