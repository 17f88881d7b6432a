import type pg from 'pg';
import type { Transaction } from '../db/transaction.ts';
import { removePasskeys } from '../features/auth/api.ts';
import { deactivatePeople } from '../features/professionals/api.ts';
import { BackupError } from './backup-error.ts';

/** Somebody who may sign in again after a restore. */
export interface RevivedPerson {
  readonly clinic: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly superuser: boolean;
  /** Passkeys that the archive held for this person. */
  readonly passkeys: number;
}

/** What a restore brings back of who may do what: as it was when the archive was made, whatever happened since. */
export interface RevivedAuthority {
  /** ISO 8601. */
  readonly asOf: string;
  readonly people: readonly RevivedPerson[];
  readonly deactivated: readonly string[];
  readonly passkeys: 'removed' | 'kept';
}

export interface AuthorityOptions {
  /** Passkeys of the archive open accounts again; otherwise they are removed, since some may have been removed for a reason. */
  readonly keepPasskeys?: boolean;
  /** E-mail addresses of people who have left since; they come back without access. */
  readonly deactivate?: readonly string[];
}

/** Limits what the archive says about who may do what, in the restoring transaction. Throws BackupError. */
export async function limitRevivedAuthority(
  client: pg.ClientBase,
  tx: Transaction,
  {
    asOf,
    options: { keepPasskeys = false, deactivate = [] },
  }: { readonly asOf: string; readonly options: AuthorityOptions },
): Promise<RevivedAuthority> {
  const deactivated = [...new Set(deactivate.map((email) => email.trim().toLowerCase()))];
  const unknown = await deactivatePeople(tx, 'restore', deactivated);
  if (unknown.length > 0)
    throw new BackupError(
      `the archive has nobody with ${unknown.join(', ')}: correct --deactivate; nothing was restored`,
    );
  const { rows: people } = await client.query<RevivedPerson>(
    // Whoever was invited with an address that enters another clinic signs in there alone.
    `select c.name as clinic, concat_ws(' ', p.first_name, p.last_name) as name, p.email, p.role, p.is_superuser as superuser,
       (select count(*)::int from passkeys k where k.clinic_id = p.clinic_id and k.professional_id = p.id) as passkeys
     from professionals p join clinics c on c.id = p.clinic_id
     where p.deactivated_at is null and p.invited_email is null order by c.name, c.id, p.role, p.email`,
  );
  if (!keepPasskeys) await removePasskeys(tx, 'restore');
  return { asOf, people, deactivated, passkeys: keepPasskeys ? 'kept' : 'removed' };
}
