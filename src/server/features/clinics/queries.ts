import { sql } from 'kysely';
import type { Role } from '../../../shared/contracts/auth.ts';
import { qb } from '../../db/query-builder.ts';
import type { Transaction } from '../../db/transaction.ts';

export async function insertClinic(tx: Transaction, name: string, timeZone: string): Promise<string> {
  const rows = await tx.run(qb.insertInto('clinics').values({ name, time_zone: timeZone }).returning('id'));
  const [row] = rows;
  if (row === undefined) throw new Error('no clinic was inserted');
  return row.id;
}

export interface NewPerson {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string | null;
  readonly role: Role;
  /** Belongs to the host: works in the clinic and is listed nowhere. */
  readonly superuser?: boolean;
}

/** Adds people to a clinic; gives their ids in the same order. */
export async function insertPeople(tx: Transaction, clinicId: string, people: readonly NewPerson[]): Promise<string[]> {
  const rows = await tx.run(
    qb
      .insertInto('professionals')
      .values(
        people.map((person) => ({
          clinic_id: clinicId,
          email: person.email,
          first_name: person.firstName,
          last_name: person.lastName,
          role: person.role,
          is_superuser: person.superuser ?? false,
        })),
      )
      .returning(['id', 'email']),
  );
  const ids = new Map(rows.map((row) => [row.email, row.id]));
  return people.map(({ email }) => ids.get(email) ?? '');
}

/** The clinics by name; those named `name` where it is given, in any case. */
export const listClinics = (tx: Transaction, name?: string) =>
  tx.run(
    qb
      .selectFrom('clinics')
      .select(['id', 'name'])
      .$if(name !== undefined, (query) => query.where(sql`lower(name)`, '=', sql`lower(${name ?? ''})`))
      .orderBy('name')
      .orderBy('id'),
  );

/** Somebody of any clinic by e-mail address, in any case. */
export async function findPersonByEmail(
  tx: Transaction,
  email: string,
): Promise<{ id: string; clinic_id: string } | undefined> {
  const rows = await tx.run(
    qb
      .selectFrom('professionals')
      .select(['id', 'clinic_id'])
      .where(sql`lower(email)`, '=', sql`lower(${email})`),
  );
  return rows[0];
}
