import type pg from 'pg';
import { personName } from '../db/person-name.ts';
import type { Transaction } from '../db/transaction.ts';
import { removePasskeys } from '../features/auth/api.ts';
import { deactivatePeople } from '../features/professionals/api.ts';
import { BackupError } from './backup-error.ts';

/** Somebody who can sign in after a restore. */
export interface RevivedPerson {
  readonly clinic: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly superuser: boolean;
  /** The number of passkeys of this person in the archive. */
  readonly passkeys: number;
}

/** Who can sign in after a restore: as it was when the archive was made, although people may have left since. */
export interface RevivedAuthority {
  /** ISO 8601. */
  readonly asOf: string;
  readonly people: readonly RevivedPerson[];
  readonly deactivated: readonly string[];
  readonly passkeys: 'removed' | 'kept';
}

export interface AuthorityOptions {
  /** Keeps the archive's passkeys. By default they are removed, because some may have been revoked since. */
  readonly keepPasskeys?: boolean;
  /** E-mail addresses of people who have left since; they are restored without access. */
  readonly deactivate?: readonly string[];
}

/** Deactivates people and removes passkeys as the options say, in the restoring transaction. Throws BackupError. */
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
    // People invited with an address that belongs to another clinic can only sign in there.
    `select c.name as clinic, ${personName('p').compile().sql} as name, p.email, p.role, p.is_superuser as superuser,
       (select count(*)::int from passkeys k where k.clinic_id = p.clinic_id and k.professional_id = p.id) as passkeys
     from professionals p join clinics c on c.id = p.clinic_id
     where p.deactivated_at is null and p.invited_email is null order by c.name, c.id, p.role, p.email`,
  );
  if (!keepPasskeys) await removePasskeys(tx, 'restore');
  return { asOf, people, deactivated, passkeys: keepPasskeys ? 'kept' : 'removed' };
}
