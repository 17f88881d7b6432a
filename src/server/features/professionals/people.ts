import type { Role } from '../../../shared/contracts/auth.ts';
import { may } from '../../../shared/permissions.ts';
import type { Transaction } from '../../db/transaction.ts';
import { recordOperatorEvents } from '../audit/api.ts';
import { deactivateByEmail, findPerson, insertPeople, listByEmail, listKnownEmails, listPeople } from './queries.ts';

export interface NewPerson {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string | null;
  readonly role: Role;
  /** A person of the host, who can act in the clinic and is listed nowhere. */
  readonly superuser?: boolean;
}

/** Adds people to a clinic. @returns their ids, in the same order */
export async function addPeople(tx: Transaction, clinicId: string, people: readonly NewPerson[]): Promise<string[]> {
  const rows = await insertPeople(tx, clinicId, people);
  const ids = new Map(rows.map((row) => [row.email, row.id]));
  return people.map(({ email }) => ids.get(email) ?? '');
}

/** Whether a person has access and a role that can have clients. */
export const canHaveClients = (person: { readonly role: string; readonly deactivated_at: Date | null }): boolean =>
  person.deactivated_at === null && may(person.role as Role, 'clients.treat');

/** Whether this is a professional of the clinic who can have clients. */
export async function isActiveProfessional(tx: Transaction, id: string): Promise<boolean> {
  const person = await findPerson(tx, id);
  return person !== undefined && canHaveClients(person);
}

/** A person of the clinic, and whether their role can have clients, without access too; undefined for nobody. */
export async function findColleagueRole(
  tx: Transaction,
  id: string,
): Promise<{ readonly canTreat: boolean } | undefined> {
  const person = await findPerson(tx, id);
  return person && { canTreat: may(person.role as Role, 'clients.treat') };
}

/** Everybody of a clinic who can have clients: e-mail address in lower case → id. For a system transaction. */
export async function listClientOwners(tx: Transaction, clinicId: string): Promise<ReadonlyMap<string, string>> {
  const people = await listPeople(tx, clinicId);
  return new Map(people.filter(canHaveClients).map(({ id, email }) => [email.toLowerCase(), id]));
}

/** Finds a person of any clinic by e-mail address, ignoring case. */
export async function findPersonByEmail(
  tx: Transaction,
  email: string,
): Promise<{ readonly id: string; readonly clinicId: string } | undefined> {
  const [person] = await listByEmail(tx, [email]);
  return person && { id: person.id, clinicId: person.clinic_id };
}

/** Those of the addresses with which somebody can sign in. */
export async function listActiveEmails(tx: Transaction, emails: readonly string[]): Promise<string[]> {
  const people = await listByEmail(tx, emails);
  return people.filter(({ deactivated_at }) => deactivated_at === null).map(({ email }) => email);
}

/** Deactivates people of any clinic by their e-mail addresses, given in lower case. @returns the addresses that nobody has */
export async function deactivatePeople(tx: Transaction, command: string, emails: readonly string[]): Promise<string[]> {
  if (emails.length === 0) return [];
  const stopped = await deactivateByEmail(tx, emails);
  await recordOperatorEvents(
    tx,
    command,
    stopped.map(({ id, clinic_id: clinicId }) => ({
      clinicId,
      event: { action: 'professional_deactivated', recordType: 'professional', recordId: id },
    })),
  );
  const known = await listKnownEmails(tx, emails);
  return emails.filter((email) => !known.some((row) => row.email === email));
}
