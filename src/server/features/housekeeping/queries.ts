import { type RawBuilder, sql } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import type { Transaction } from '../../db/transaction.ts';

/** Rows that have outlived their use, at most `limit` of them at a time. */
const deletions = {
  /** Ended, or not refreshed in time, a quarter ago. */
  sessions: (limit) => sql`delete from device_sessions where (clinic_id, id) in (
    select clinic_id, id from device_sessions
    where coalesce(ended_at, refresh_expires_at) < now() - interval '90 days' limit ${limit})`,
  codes: (limit) => sql`delete from access_codes where (clinic_id, id) in (
    select clinic_id, id from access_codes
    where coalesce(used_at, expires_at) < now() - interval '7 days' limit ${limit})`,
  idempotencyKeys: (limit) => sql`delete from idempotency_keys where (clinic_id, professional_id, key) in (
    select clinic_id, professional_id, key from idempotency_keys
    where created_at < now() - interval '24 hours' limit ${limit})`,
  guards: (limit) => sql`delete from sign_in_guards where (email_key, device_key) in (
    select email_key, device_key from sign_in_guards
    where updated_at < now() - interval '30 days' and coalesce(locked_until, '-infinity') < now() limit ${limit})`,
  rateLimits: (limit) => sql`delete from rate_limits where key in (
    select key from rate_limits where expires_at < now() limit ${limit})`,
  passkeyChallenges: (limit) => sql`delete from passkey_challenges where challenge in (
    select challenge from passkey_challenges where expires_at < now() limit ${limit})`,
} satisfies Record<string, (limit: number) => RawBuilder<unknown>>;

export type Disposable = keyof typeof deletions;

export const disposables = Object.keys(deletions) as readonly Disposable[];

/** Deletes up to `limit` rows of a kind; gives how many there were. */
export async function deleteOutlived(tx: Transaction, kind: Disposable, limit: number): Promise<number> {
  const [row] = await tx.run<{ count: number }>(
    sql<{ count: number }>`with gone as (${deletions[kind](limit)} returning 1)
      select count(*)::int as count from gone`.compile(qb),
  );
  return row?.count ?? 0;
}
