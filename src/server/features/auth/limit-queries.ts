import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

/** A rate limit: at most `points` within `seconds` after the first. */
export interface Limit {
  /** The limit's name and a keyed hash of what is counted. */
  readonly key: string;
  readonly points: number;
  readonly seconds: number;
}

/** Charges a point to every limit, or to none if one is used up. @returns the seconds to wait, 0 if charged */
export async function chargeLimits(tx: Transaction, limits: readonly Limit[]): Promise<number> {
  const rows = await tx.run<{ wait: number }>(
    sql<{ wait: number }>`select app.charge_limits(${JSON.stringify(limits)}::jsonb) as wait`,
  );
  return rows[0]?.wait ?? 0;
}

/** Like chargeLimits, in a clinic's transaction. Nothing is charged if that is rolled back. */
export async function chargeClinicLimits(tx: Transaction, limits: readonly Limit[]): Promise<number> {
  const rows = await tx.run<{ wait: number }>(
    sql<{ wait: number }>`select app.charge_clinic_limits(${JSON.stringify(limits)}::jsonb) as wait`,
  );
  return rows[0]?.wait ?? 0;
}

/** Counts up; starts again `seconds` after the first. @returns the count */
export async function countUp(tx: Transaction, key: string, seconds: number): Promise<number> {
  const rows = await tx.run<{ points: number }>(
    sql<{ points: number }>`insert into rate_limits as r (key, points, expires_at)
      values (${key}, 1, now() + make_interval(secs => ${seconds}))
      on conflict (key) do update set
        points = case when app.window_is_over(r.expires_at, ${seconds}) then 1 else r.points + 1 end,
        expires_at = case when app.window_is_over(r.expires_at, ${seconds}) then excluded.expires_at else r.expires_at end
      returning points`,
  );
  return onlyRow(rows).points;
}

/** Gives back one point of each limit. */
export const refundLimits = (tx: Transaction, limits: readonly Limit[]): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('rate_limits')
      .set((eb) => ({ points: eb('points', '-', 1) }))
      .where(
        'key',
        'in',
        limits.map(({ key }) => key),
      )
      .where('points', '>', 0),
  );

/** Seconds until none of the limits is used up, 0 if none is now. Charges nothing. */
export async function readSecondsUsedUp(tx: Transaction, limits: readonly Limit[]): Promise<number> {
  const rows = await tx.run(
    qb
      .selectFrom('rate_limits')
      .select(sql<number>`coalesce(max(ceil(extract(epoch from expires_at - now()))), 0)::int`.as('seconds'))
      .where((eb) =>
        eb.or(
          limits.map(({ key, points, seconds }) =>
            eb.and([
              eb('key', '=', key),
              eb('points', '>=', points),
              sql<boolean>`not app.window_is_over(expires_at, ${seconds})`,
            ]),
          ),
        ),
      ),
  );
  return rows[0]?.seconds ?? 0;
}
