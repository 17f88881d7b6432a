import { type RawBuilder, sql } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import type { Json } from '../../db/schema.generated.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { FieldChange } from './fields.ts';
import { type ClientRow, clientColumns } from './queries.ts';

export type VersionAction = 'create' | 'update' | 'archive' | 'restore';

interface NewVersion {
  readonly clinicId: string;
  readonly clientId: string;
  readonly version: number;
  readonly professionalId: string;
  readonly sessionId: string;
  readonly action: VersionAction | 'anonymize' | 'merge' | 'unmerge';
  readonly mergeId?: string;
  readonly changes: readonly FieldChange[];
}

/** Keeps what a change replaced. */
export const insertVersion = (tx: Transaction, version: NewVersion): Promise<unknown> =>
  tx.run(
    qb.insertInto('client_versions').values({
      clinic_id: version.clinicId,
      client_id: version.clientId,
      version: version.version,
      professional_id: version.professionalId,
      session_id: version.sessionId,
      action: version.action,
      changes: JSON.stringify(version.changes),
      merge_id: version.mergeId ?? null,
    }),
  );

/** A condition on the column that holds a client's id. */
type ClientCondition = (column: 'v.client_id' | 'c.id') => RawBuilder<boolean>;

/**
 * Versions of clients with who made them, the newest first. An import keeps no first version of the clients it makes: its
 * own row says who and when, once for all of them.
 */
const selectVersions = (isWanted: ClientCondition) =>
  qb
    .selectFrom('client_versions as v')
    .innerJoin('professionals as p', (join) =>
      join.onRef('p.clinic_id', '=', 'v.clinic_id').onRef('p.id', '=', 'v.professional_id'),
    )
    .select(['v.client_id', 'v.version', 'v.at', 'v.action', 'v.changes'])
    .select(['p.id as professional_id', 'p.first_name', 'p.last_name'])
    .where(isWanted('v.client_id'))
    .unionAll(
      qb
        .selectFrom('clients as c')
        .innerJoin('imports as i', (join) =>
          join.onRef('i.clinic_id', '=', 'c.clinic_id').onRef('i.id', '=', 'c.import_id'),
        )
        .innerJoin('professionals as p', (join) =>
          join.onRef('p.clinic_id', '=', 'i.clinic_id').onRef('p.id', '=', 'i.created_by'),
        )
        .select(['c.id as client_id', sql<number>`1`.as('version'), 'c.created_at as at'])
        .select([sql<string>`'import'`.as('action'), sql<Json>`'[]'::jsonb`.as('changes')])
        .select(['p.id as professional_id', 'p.first_name', 'p.last_name'])
        .where(isWanted('c.id')),
    )
    .orderBy('version', 'desc');

/** What changed in a client itself. */
export const listVersions = (tx: Transaction, id: string) =>
  tx.run(selectVersions((column) => sql<boolean>`${sql.ref(column)} = ${id}`));

export type VersionRow = Awaited<ReturnType<typeof listVersions>>[number];

/** Whether a row belongs to a client or to a record merged into it, directly or through another. In this form an index serves. */
const isOf = (column: 'id' | 'c.id' | 'v.client_id', id: string) =>
  sql<boolean>`${sql.ref(column)} = any (array(select app.records_of(${id})))`;

/** The records that were merged into a client, the oldest first. */
export const listMergedClients = (tx: Transaction, id: string): Promise<ClientRow[]> =>
  tx.run(qb.selectFrom('clients').select(clientColumns).where(isOf('id', id)).where('id', '<>', id).orderBy('id'));

/** What changed in the records that were merged into a client. */
export const listMergedVersions = (tx: Transaction, id: string): Promise<VersionRow[]> =>
  tx.run(selectVersions((column) => sql<boolean>`${isOf(column, id)} and ${sql.ref(column)} <> ${id}`));

/** The merges that a client and those merged into it took part in, with the version of each record that tells of it. */
export const listMergesOf = (tx: Transaction, id: string) =>
  tx.run(
    qb
      .selectFrom('client_versions as v')
      .innerJoin('client_merges as m', (join) =>
        join.onRef('m.clinic_id', '=', 'v.clinic_id').onRef('m.id', '=', 'v.merge_id'),
      )
      .select(['v.client_id', 'v.version'])
      .select(['m.id', 'm.winner_id', 'm.loser_id', 'm.merged_at', 'm.undone_at'])
      .where(isOf('v.client_id', id))
      .where('v.merge_id', 'is not', null),
  );

export type MergeRow = Omit<Awaited<ReturnType<typeof listMergesOf>>[number], 'client_id' | 'version'>;
