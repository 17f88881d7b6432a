import { sql } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import type { Json } from '../../db/schema.generated.ts';
import type { Transaction } from '../../db/transaction.ts';
import { type ClientRow, clientColumns } from './queries.ts';

/** Whether a row is of a client or of those merged into it, directly or by way of another; an index finds them so. */
const isOf = (column: 'id' | 'c.id' | 'v.client_id', id: string) =>
  sql<boolean>`${sql.ref(column)} = any (array(select app.records_of(${id})))`;

/** The records that were merged into a client, the oldest first. */
export const listMergedClients = (tx: Transaction, id: string): Promise<ClientRow[]> =>
  tx.run(qb.selectFrom('clients').select(clientColumns).where(isOf('id', id)).where('id', '<>', id).orderBy('id'));

/** What changed in them. Of a record that an import made, the import's row tells its first version. */
export const listMergedVersions = (tx: Transaction, id: string) =>
  tx.run(
    qb
      .selectFrom('client_versions as v')
      .innerJoin('professionals as p', (join) =>
        join.onRef('p.clinic_id', '=', 'v.clinic_id').onRef('p.id', '=', 'v.professional_id'),
      )
      .select(['v.client_id', 'v.version', 'v.at', 'v.action', 'v.changes'])
      .select(['p.id as professional_id', 'p.first_name', 'p.last_name'])
      .where(isOf('v.client_id', id))
      .where('v.client_id', '<>', id)
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
          .where(isOf('c.id', id))
          .where('c.id', '<>', id),
      )
      .orderBy('version', 'desc'),
  );

export type MergedVersionRow = Awaited<ReturnType<typeof listMergedVersions>>[number];

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
