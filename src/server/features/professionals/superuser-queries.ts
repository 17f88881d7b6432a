import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

/** The accounts of a superuser in all clinics. `is_held`: the address signs in elsewhere. */
export const listSuperusersByEmail = (tx: Transaction, email: string) =>
  tx.run(
    qb
      .selectFrom('professionals')
      .select(['id', 'clinic_id', sql<boolean>`invited_email is not null`.as('is_held')])
      .where(sql`lower(coalesce(invited_email, email))`, '=', sql`lower(${email})`)
      .where('is_superuser', '=', true)
      .orderBy('created_at')
      .forNoKeyUpdate(),
  );

/** Takes the address from an account, which notes it. */
export const holdAddress = (tx: Transaction, id: string): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('professionals')
      .set({ invited_email: sql`email`, email: sql`id || '@invited.invalid'`, updated_at: sql`now()` })
      .where('id', '=', id),
  );

/** Gives the account its address, and access. */
export const giveAddress = (tx: Transaction, id: string, email: string): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('professionals')
      .set({ email, invited_email: null, deactivated_at: null, deactivation_reason: null, updated_at: sql`now()` })
      .where('id', '=', id),
  );

/** Takes the access from superusers of another host, who came with a clinic. */
export const retireSuperusers = (tx: Transaction, clinicId: string): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('professionals')
      .set({
        invited_email: sql`coalesce(invited_email, email)`,
        email: sql`id || '@invited.invalid'`,
        deactivated_at: sql`coalesce(deactivated_at, now())`,
      })
      .where('clinic_id', '=', clinicId)
      .where('is_superuser', '=', true),
  );
