import { brokenConstraint } from '../../db/errors.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { insertClinic, insertPeople, listClinics, type NewPerson } from './queries.ts';

/** What the operator asked for cannot be done; the message says why. */
export class ClinicError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ClinicError';
  }
}

export interface NewClinic {
  readonly name: string;
  /** IANA, such as `America/Sao_Paulo`. */
  readonly timeZone: string;
  readonly people: readonly NewPerson[];
}

export interface Clinic {
  readonly id: string;
  /** Those of `people`, in their order. */
  readonly peopleIds: readonly string[];
}

/** Opens a clinic with its first people, within a transaction. */
export async function openClinic(tx: Transaction, clinic: NewClinic): Promise<Clinic> {
  const id = await insertClinic(tx, clinic.name, clinic.timeZone);
  return { id, peopleIds: await insertPeople(tx, id, clinic.people) };
}

/** Whether the database holds no clinic yet. */
export const hasNoClinic = async (tx: Transaction): Promise<boolean> => (await listClinics(tx)).length === 0;

/** Opens a clinic with its administrator. Throws ClinicError when the name or the e-mail is taken. */
export async function createClinic(
  db: Database,
  clinic: { readonly name: string; readonly timeZone: string; readonly administrator: Omit<NewPerson, 'role'> },
): Promise<{ readonly clinicId: string; readonly administratorId: string }> {
  const { name, timeZone, administrator } = clinic;
  return explainTakenEmail(administrator.email, () =>
    db.system(async (tx) => {
      if ((await listClinics(tx, name)).length > 0) throw new ClinicError(`there is a clinic named “${name}” already`);
      const opened = await openClinic(tx, { name, timeZone, people: [{ ...administrator, role: 'administrator' }] });
      return { clinicId: opened.id, administratorId: opened.peopleIds[0] ?? '' };
    }),
  );
}

/**
 * Adds a superuser of the host to a clinic: the one named, or the only one there is.
 * Throws ClinicError when there is no such clinic, more than one to choose from, or the e-mail is taken.
 */
export async function createSuperuser(
  db: Database,
  person: Omit<NewPerson, 'role' | 'superuser'>,
  clinicName: string | undefined,
): Promise<{ readonly professionalId: string; readonly clinicName: string }> {
  return explainTakenEmail(person.email, () =>
    db.system(async (tx) => {
      const clinics = await listClinics(tx, clinicName);
      const [clinic] = clinics;
      if (clinic === undefined)
        throw new ClinicError(
          clinicName === undefined ? 'there is no clinic yet: create one first' : `there is no clinic “${clinicName}”`,
        );
      if (clinics.length > 1)
        throw new ClinicError(`choose a clinic: ${clinics.map(({ name }) => `“${name}”`).join(', ')}`);
      const [professionalId = ''] = await insertPeople(tx, clinic.id, [
        { ...person, role: 'administrator', superuser: true },
      ]);
      return { professionalId, clinicName: clinic.name };
    }),
  );
}

async function explainTakenEmail<T>(email: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (brokenConstraint(error) !== 'professionals_email_key') throw error;
    throw new ClinicError(`${email} is somebody's sign-in address already`);
  }
}
