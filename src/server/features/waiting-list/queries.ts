import type { Scope } from '../../../shared/permissions.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

/** Wishes of clients in the scope, without those of archived ones. */
const selectWishes = (scope: Scope) =>
  qb
    .selectFrom('waiting_wishes as w')
    .innerJoin('clients as c', (join) =>
      join.onRef('c.clinic_id', '=', 'w.clinic_id').onRef('c.id', '=', 'w.client_id'),
    )
    .where('c.archived_at', 'is', null)
    .where(inScope(scope, 'c.professional_id'));

const shownColumns = [
  'w.id',
  'w.version',
  'w.client_id',
  'w.professional_id',
  'w.weekdays',
  'w.periods',
  'w.visit_type',
  'w.note',
  'w.created_at',
  'c.full_name',
  'c.phone',
] as const;

export interface WishPage {
  readonly professionalId: string | undefined;
  /** The last row of the page before: microseconds of its creation, and its id. */
  readonly after: { readonly key: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** A page of the list, who waits longest first. Wishes for any professional belong to everybody's list. */
export const listWishes = (tx: Transaction, scope: Scope, { professionalId, after, limit }: WishPage) =>
  tx.run(
    selectWishes(scope)
      .select(shownColumns)
      .select(sql<string>`(extract(epoch from w.created_at) * 1000000)::bigint`.as('created_micros'))
      .where(ofProfessional(professionalId))
      .$if(after !== undefined, (query) =>
        query.where(
          sql<boolean>`((extract(epoch from w.created_at) * 1000000)::bigint, w.id) > (${after?.key ?? ''}::bigint, ${after?.id ?? ''}::uuid)`,
        ),
      )
      .orderBy('w.created_at')
      .orderBy('w.id')
      .limit(limit),
  );

const ofProfessional = (professionalId: string | undefined) =>
  professionalId === undefined
    ? sql<boolean>`true`
    : sql<boolean>`(w.professional_id is null or w.professional_id = ${professionalId})`;

export async function countWishes(tx: Transaction, scope: Scope, professionalId: string | undefined): Promise<number> {
  const rows = await tx.run(
    selectWishes(scope)
      .select(sql<number>`count(*)::int`.as('count'))
      .where(ofProfessional(professionalId)),
  );
  return onlyRow(rows).count;
}

export async function findWish(tx: Transaction, id: string, scope: Scope) {
  return (await tx.run(selectWishes(scope).select(shownColumns).where('w.id', '=', id)))[0];
}

export type WishRow = NonNullable<Awaited<ReturnType<typeof findWish>>>;

/** The wishes of a client and the records merged into it, archived or not. */
export const selectWishesOf = (tx: Transaction, clientId: string): Promise<WishRow[]> =>
  tx.run(
    qb
      .selectFrom('waiting_wishes as w')
      .innerJoin('clients as c', (join) =>
        join.onRef('c.clinic_id', '=', 'w.clinic_id').onRef('c.id', '=', 'w.client_id'),
      )
      .select(shownColumns)
      .where('w.client_id', 'in', sql<string>`(select app.records_of(${clientId}))`)
      .orderBy('w.created_at'),
  );

/** Like findWish, and locks the wish until the transaction ends. */
export async function lockWish(tx: Transaction, id: string, scope: Scope): Promise<WishRow | undefined> {
  return (await tx.run(selectWishes(scope).select(shownColumns).where('w.id', '=', id).forUpdate('w')))[0];
}

interface WishValues {
  readonly professional_id: string | null;
  readonly weekdays: number[];
  readonly periods: string[];
  readonly visit_type: string | null;
  readonly note: string | null;
}

export const insertWish = (
  tx: Transaction,
  wish: WishValues & { readonly id: string; readonly clinicId: string; readonly clientId: string; readonly by: string },
): Promise<unknown> => {
  const { id, clinicId, clientId, by, ...values } = wish;
  return tx.run(
    qb.insertInto('waiting_wishes').values({ ...values, id, clinic_id: clinicId, client_id: clientId, created_by: by }),
  );
};

export const updateWish = (tx: Transaction, id: string, values: Partial<WishValues>): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('waiting_wishes')
      .set((eb) => ({ ...values, version: eb('version', '+', 1), updated_at: sql`now()` }))
      .where('id', '=', id),
  );

export const deleteWish = (tx: Transaction, id: string): Promise<unknown> =>
  tx.run(qb.deleteFrom('waiting_wishes').where('id', '=', id));
