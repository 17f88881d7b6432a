import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

export interface Guard {
  /** Guesses charged so far, including this one. */
  readonly wrongGuesses: number;
  readonly lockLevel: number;
}

/**
 * Charges a guess to an e-mail address before it is checked. The row stays locked until the transaction ends, so guesses on
 * one address take turns. After a day without guesses, earlier lockouts are forgotten.
 * @returns undefined while the address is locked out
 */
export async function chargeGuess(tx: Transaction, emailKey: string, deviceKey: string): Promise<Guard | undefined> {
  const rows = await tx.run<{ wrong_guesses: number; lock_level: number }>(
    sql<{ wrong_guesses: number; lock_level: number }>`
      insert into sign_in_guards as g (email_key, device_key, wrong_guesses) values (${emailKey}, ${deviceKey}, 1)
      on conflict (email_key, device_key) do update set
        wrong_guesses = g.wrong_guesses + 1,
        lock_level = case when g.updated_at < now() - interval '1 day' then 0 else g.lock_level end,
        locked_until = null,
        updated_at = now()
      -- A guess in the future was made before the clock was set back: ignore its lock.
      where g.locked_until is null or g.locked_until <= now() or g.updated_at > now() + interval '1 minute'
      returning g.wrong_guesses, g.lock_level`,
  );
  const row = rows[0];
  return row === undefined ? undefined : { wrongGuesses: row.wrong_guesses, lockLevel: row.lock_level };
}

/** Gives back one charged guess; others stay charged. */
export const refundGuess = (tx: Transaction, emailKey: string, deviceKey: string): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('sign_in_guards')
      .set((eb) => ({ wrong_guesses: eb('wrong_guesses', '-', 1) }))
      .where('email_key', '=', emailKey)
      .where('device_key', '=', deviceKey)
      .where('wrong_guesses', '>', 0),
  );

/** Seconds until an address may be tried again, at least one. */
export async function readSecondsLocked(tx: Transaction, emailKey: string, deviceKey: string): Promise<number> {
  const rows = await tx.run(
    qb
      .selectFrom('sign_in_guards')
      // Not now(): a transaction that waited for the row began before the lockout.
      .select(sql<number>`ceil(extract(epoch from locked_until - clock_timestamp()))::int`.as('seconds'))
      .where('email_key', '=', emailKey)
      .where('device_key', '=', deviceKey),
  );
  return Math.max(1, rows[0]?.seconds ?? 1);
}

export const lockGuard = (tx: Transaction, emailKey: string, deviceKey: string, seconds: number): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('sign_in_guards')
      .set((eb) => ({
        wrong_guesses: 0,
        lock_level: eb('lock_level', '+', 1),
        locked_until: sql<Date>`now() + make_interval(secs => ${seconds})`,
      }))
      .where('email_key', '=', emailKey)
      .where('device_key', '=', deviceKey),
  );

export const clearGuard = (tx: Transaction, emailKey: string, deviceKey: string): Promise<unknown> =>
  tx.run(qb.deleteFrom('sign_in_guards').where('email_key', '=', emailKey).where('device_key', '=', deviceKey));
