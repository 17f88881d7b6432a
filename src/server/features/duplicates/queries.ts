import type { Scope } from '../../../shared/permissions.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

/** Stores that two clients are different people. @returns the dismissal's id; undefined unless both are within the scope */
export async function insertDismissal(
  tx: Transaction,
  pair: {
    readonly id: string;
    readonly clinicId: string;
    readonly professionalId: string;
    readonly clientIds: readonly [string, string];
    readonly scope: Scope;
  },
): Promise<string | undefined> {
  const [first, second] = [...pair.clientIds].sort() as [string, string];
  const seen = qb
    .selectFrom('clients as a')
    .innerJoin('clients as b', (join) => join.on('b.id', '=', second))
    .where('a.id', '=', first)
    .where(inScope(pair.scope, 'a.professional_id'))
    .where(inScope(pair.scope, 'b.professional_id'));
  const [, rows] = await Promise.all([
    tx.run(
      qb
        .insertInto('duplicate_dismissals')
        .columns(['clinic_id', 'id', 'first_id', 'second_id', 'dismissed_by'])
        .expression(
          seen.select([
            sql<string>`${pair.clinicId}::uuid`.as('clinic_id'),
            sql<string>`${pair.id}::uuid`.as('id'),
            'a.id as first_id',
            'b.id as second_id',
            sql<string>`${pair.professionalId}::uuid`.as('dismissed_by'),
          ]),
        )
        .onConflict((conflict) => conflict.doNothing()),
    ),
    tx.run(
      qb
        .selectFrom('duplicate_dismissals as d')
        .select('d.id')
        .where('d.first_id', '=', first)
        .where('d.second_id', '=', second)
        .where((eb) => eb.exists(seen.select('a.id'))),
    ),
  ]);
  return rows[0]?.id;
}

/** Which two clients a dismissal of the clinic is about. */
export async function findDismissedPair(tx: Transaction, id: string): Promise<readonly [string, string] | undefined> {
  const rows = await tx.run(
    qb.selectFrom('duplicate_dismissals').select(['first_id', 'second_id']).where('id', '=', id),
  );
  return rows[0] && [rows[0].first_id, rows[0].second_id];
}

/** Deletes a dismissal if both clients are within the scope. @returns whether there was one */
export async function deleteDismissal(tx: Transaction, id: string, scope: Scope): Promise<boolean> {
  const rows = await tx.run(
    qb
      .deleteFrom('duplicate_dismissals as d')
      .where('d.id', '=', id)
      .$if(!scope.whole, (query) =>
        query.where((eb) =>
          eb(
            eb
              .selectFrom('clients as c')
              .select(eb.fn.countAll<number>().as('count'))
              .where((on) => on.or([on('c.id', '=', on.ref('d.first_id')), on('c.id', '=', on.ref('d.second_id'))]))
              .where(inScope(scope, 'c.professional_id')),
            '=',
            2,
          ),
        ),
      )
      .returning('d.id'),
  );
  return rows.length === 1;
}

const mergeColumns = ['id', 'winner_id', 'loser_id', 'winner_phone_shared', 'merged_at', 'undone_at'] as const;

export async function insertMerge(
  tx: Transaction,
  merge: {
    readonly id: string;
    readonly clinicId: string;
    readonly professionalId: string;
    readonly winnerId: string;
    readonly loserId: string;
    readonly winnerPhoneShared: boolean;
  },
) {
  const rows = await tx.run(
    qb
      .insertInto('client_merges')
      .values({
        id: merge.id,
        clinic_id: merge.clinicId,
        winner_id: merge.winnerId,
        loser_id: merge.loserId,
        winner_phone_shared: merge.winnerPhoneShared,
        merged_by: merge.professionalId,
      })
      .returning(mergeColumns),
  );
  return onlyRow(rows);
}

/** Reads a merge with its changes to the winner, and locks it until the transaction ends. */
export async function lockMerge(tx: Transaction, id: string) {
  const [merges, versions] = await Promise.all([
    tx.run(qb.selectFrom('client_merges').select(mergeColumns).where('id', '=', id).forUpdate()),
    tx.run(
      qb
        .selectFrom('client_versions as v')
        .innerJoin('client_merges as m', (join) =>
          join.onRef('m.id', '=', 'v.merge_id').onRef('m.winner_id', '=', 'v.client_id'),
        )
        .select('v.changes')
        .where('v.merge_id', '=', id)
        .where('v.action', '=', 'merge'),
    ),
  ]);
  const [merge] = merges;
  return merge && { ...merge, changes: versions[0]?.changes ?? [] };
}

/** Records that a merge was undone, and by whom. */
export async function markUndone(tx: Transaction, id: string, professionalId: string) {
  const rows = await tx.run(
    qb
      .updateTable('client_merges')
      .set({ undone_at: sql`now()`, undone_by: professionalId })
      .where('id', '=', id)
      .returning(mergeColumns),
  );
  return onlyRow(rows);
}
