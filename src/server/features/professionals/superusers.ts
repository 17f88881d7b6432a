import type { Transaction } from '../../db/transaction.ts';
import { type NewPerson, addPeople } from './people.ts';
import { giveAddress, holdAddress, listSuperusersByEmail } from './superuser-queries.ts';

export interface Superuser {
  readonly id: string;
  readonly clinicId: string;
}

/** The account with which a superuser of the host can sign in now; undefined if the address is nobody's. */
export async function findSuperuser(tx: Transaction, email: string): Promise<Superuser | undefined> {
  const found = (await listSuperusersByEmail(tx, email)).find((row) => !row.is_held);
  return found && { id: found.id, clinicId: found.clinic_id };
}

/**
 * Gives a superuser their account in a clinic, made when there is none. An address signs in to one clinic at a time, so the
 * account of another clinic keeps its place in that clinic's trail with a placeholder. @returns the account's id
 */
export async function seatSuperuser(
  tx: Transaction,
  clinicId: string,
  person: Omit<NewPerson, 'role' | 'superuser'>,
): Promise<string> {
  const accounts = await listSuperusersByEmail(tx, person.email);
  for (const { id, clinic_id, is_held } of accounts) if (clinic_id !== clinicId && !is_held) await holdAddress(tx, id);
  const own = accounts.find((row) => row.clinic_id === clinicId);
  if (own === undefined) {
    const [id = ''] = await addPeople(tx, clinicId, [{ ...person, role: 'administrator', superuser: true }]);
    return id;
  }
  await giveAddress(tx, own.id, person.email);
  return own.id;
}
