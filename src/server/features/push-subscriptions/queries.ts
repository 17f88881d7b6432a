import { lockPerson } from '../../db/lock-person.ts';
import { purgeWith } from '../../db/purge.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

const shownColumns = ['s.id', 's.session_id', 's.created_at'] as const;

export interface SubscriptionRow {
  readonly id: string;
  readonly session_id: string;
  readonly created_at: Date;
}

/** Subscriptions whose device is still signed in, and whose owner works in the clinic. */
const live = () =>
  qb
    .selectFrom('push_subscriptions as s')
    .innerJoin('device_sessions as d', (join) =>
      join.onRef('d.clinic_id', '=', 's.clinic_id').onRef('d.id', '=', 's.session_id'),
    )
    .innerJoin('professionals as p', (join) =>
      join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.id', '=', 's.professional_id'),
    )
    .where('d.ended_at', 'is', null)
    .where(sql<Date>`greatest(d.refresh_expires_at, d.access_expires_at)`, '>', sql<Date>`now()`)
    .where('p.deactivated_at', 'is', null);

/** Oldest first. */
export const listLiveSubscriptions = (
  tx: Transaction,
  clinicId: string,
  professionalId: string,
): Promise<SubscriptionRow[]> =>
  tx.run(
    live()
      .select(shownColumns)
      .where('s.clinic_id', '=', clinicId)
      .where('s.professional_id', '=', professionalId)
      .orderBy('s.created_at')
      .orderBy('s.id'),
  );

/** What sending needs, as long as the subscription is live. For a system transaction. */
export async function findSubscription(tx: Transaction, clinicId: string, id: string) {
  const rows = await tx.run(
    live()
      .select([
        's.endpoint',
        's.p256dh',
        's.auth',
        's.server_key',
        sql<string | null>`p.settings ->> 'language'`.as('language'),
      ])
      .where('s.clinic_id', '=', clinicId)
      .where('s.id', '=', id),
  );
  return rows[0];
}

export interface NewSubscription {
  readonly clinicId: string;
  readonly professionalId: string;
  readonly sessionId: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly serverKey: string;
}

/** Locks the person, so that subscriptions made at the same time are counted. @returns how many other browsers the person has */
export async function countOthers(tx: Transaction, professionalId: string, endpoint: string): Promise<number> {
  const [, rows] = await Promise.all([
    lockPerson(tx, professionalId),
    tx.run(
      qb
        .selectFrom('push_subscriptions')
        .select(sql<number>`count(*)::int`.as('count'))
        .where('professional_id', '=', professionalId)
        .where('endpoint', '<>', endpoint),
    ),
  ]);
  return onlyRow(rows).count;
}

/** Adds a browser, or gives it to whoever is signed in on it now. */
export async function saveSubscription(tx: Transaction, subscription: NewSubscription): Promise<SubscriptionRow> {
  const { clinicId, endpoint, ...rest } = subscription;
  const values = {
    professional_id: rest.professionalId,
    session_id: rest.sessionId,
    p256dh: rest.p256dh,
    auth: rest.auth,
    server_key: rest.serverKey,
  };
  const rows = await tx.run(
    qb
      .insertInto('push_subscriptions')
      .values({ clinic_id: clinicId, endpoint, ...values })
      .onConflict((conflict) => conflict.columns(['clinic_id', 'endpoint']).doUpdateSet(values))
      .returning(['id', 'session_id', 'created_at']),
  );
  return onlyRow(rows);
}

/** @returns whether the person had this subscription */
export async function deleteSubscription(tx: Transaction, professionalId: string, id: string): Promise<boolean> {
  const rows = await tx.run(
    qb
      .deleteFrom('push_subscriptions')
      .where('professional_id', '=', professionalId)
      .where('id', '=', id)
      .returning('id'),
  );
  return rows.length > 0;
}

/** Removes one that the push service knows no more. For a system transaction. */
export const forgetSubscription = (tx: Transaction, clinicId: string, id: string): Promise<unknown> =>
  tx.run(qb.deleteFrom('push_subscriptions').where('clinic_id', '=', clinicId).where('id', '=', id));

/** Those whose session is over. Nothing was sent to them since. */
export const endedSubscriptions = purgeWith((limit) =>
  qb.deleteFrom('push_subscriptions').where(
    'id',
    'in',
    qb
      .selectFrom('push_subscriptions as s')
      .innerJoin('device_sessions as d', (join) =>
        join.onRef('d.clinic_id', '=', 's.clinic_id').onRef('d.id', '=', 's.session_id'),
      )
      .select('s.id')
      .where(sql<boolean>`(d.ended_at is not null or greatest(d.refresh_expires_at, d.access_expires_at) < now())`)
      .limit(limit),
  ),
);

/** Deletes all: the sessions of an archive do not come back to life, and neither do their devices. */
export const deleteAllSubscriptions = (tx: Transaction): Promise<unknown> =>
  tx.run(qb.deleteFrom('push_subscriptions'));
