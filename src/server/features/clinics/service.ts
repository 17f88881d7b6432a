import { brokenConstraint } from '../../db/errors.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import type { Caller } from '../../http/actor.ts';
import { recordSystemEvent } from '../audit/api.ts';
import { addStandardVisitTypes } from '../availability/api.ts';
import { addStandardTags } from '../tags/api.ts';
import { addPeople, findPersonByEmail, type NewPerson } from '../professionals/api.ts';
import { ClinicError } from './clinic-error.ts';
import { insertClinic, listClinics } from './queries.ts';

export interface NewClinic {
  readonly name: string;
  /** IANA, such as `America/Sao_Paulo`. */
  readonly timeZone: string;
  readonly people: readonly NewPerson[];
}

export interface Clinic {
  readonly id: string;
  /** The ids of `people`, in the same order. */
  readonly peopleIds: readonly string[];
}

/** Creates a clinic with its first people, in the caller's transaction. */
export async function openClinic(tx: Transaction, clinic: NewClinic): Promise<Clinic> {
  const id = await insertClinic(tx, clinic.name, clinic.timeZone);
  await addStandardVisitTypes(tx, id);
  await addStandardTags(tx, id);
  return { id, peopleIds: await addPeople(tx, id, clinic.people) };
}

/** Whether the database has no clinic yet. */
export const hasNoClinic = async (tx: Transaction): Promise<boolean> => (await listClinics(tx)).length === 0;

/** Creates a clinic with its administrator. Throws ClinicError when the name or the e-mail is taken. */
export async function createClinic(
  db: Database,
  clinic: { readonly name: string; readonly timeZone: string; readonly administrator: Omit<NewPerson, 'role'> },
  caller: Caller,
): Promise<{ readonly clinicId: string; readonly administratorId: string }> {
  const { name, timeZone, administrator } = clinic;
  return explainTakenEmail(administrator.email, () =>
    db.system(async (tx) => {
      if ((await listClinics(tx, name)).length > 0) throw new ClinicError({ code: 'name_taken', name });
      const opened = await openClinic(tx, { name, timeZone, people: [{ ...administrator, role: 'administrator' }] });
      const [administratorId = ''] = opened.peopleIds;
      await recordSystemEvent(tx, describeOperator(opened.id, caller), {
        action: 'clinic_created',
        recordType: 'professional',
        recordId: administratorId,
      });
      return { clinicId: opened.id, administratorId };
    }),
  );
}

/**
 * Adds a superuser of the host to the named clinic, or to the only one there is; they act there once an entry is open.
 * Throws ClinicError when there is no such clinic, several to choose from, or when the e-mail is taken.
 */
export async function createSuperuser(
  db: Database,
  person: Omit<NewPerson, 'role' | 'superuser'>,
  clinicName: string | undefined,
  caller: Caller,
): Promise<{ readonly professionalId: string; readonly clinicName: string }> {
  return explainTakenEmail(person.email, () =>
    db.system(async (tx) => {
      const clinic = await chooseClinic(tx, clinicName);
      const [professionalId = ''] = await addPeople(tx, clinic.id, [
        { ...person, role: 'administrator', superuser: true },
      ]);
      await recordSystemEvent(tx, describeOperator(clinic.id, caller), {
        action: 'superuser_created',
        recordType: 'professional',
        recordId: professionalId,
      });
      return { professionalId, clinicName: clinic.name };
    }),
  );
}

/** Finds the clinic, and the person if an e-mail is given, that an operator's command is about. Throws ClinicError. */
export async function chooseScope(
  db: Database,
  choice: { readonly clinicName: string | undefined; readonly email: string | undefined },
): Promise<{ readonly clinicId: string; readonly professionalId: string | undefined }> {
  const { clinicName, email } = choice;
  return db.system(async (tx) => {
    if (email === undefined) return { clinicId: (await chooseClinic(tx, clinicName)).id, professionalId: undefined };
    const person = await findPersonByEmail(tx, email);
    if (person === undefined) throw new ClinicError({ code: 'unknown_person', email });
    return { clinicId: person.clinicId, professionalId: person.id };
  });
}

/** The id and the exact name of the named clinic, or of the only one there is. Throws ClinicError. */
export const chooseClinicId = (
  db: Database,
  name: string | undefined,
): Promise<{ readonly id: string; readonly name: string }> => db.system((tx) => chooseClinic(tx, name));

/** The named clinic, or the only one there is. Throws ClinicError. */
export async function chooseClinic(
  tx: Transaction,
  name: string | undefined,
): Promise<{ readonly id: string; readonly name: string }> {
  const clinics = await listClinics(tx, name);
  const [clinic] = clinics;
  if (clinic === undefined)
    throw new ClinicError(name === undefined ? { code: 'no_clinic' } : { code: 'unknown_clinic', name });
  if (clinics.length > 1) throw new ClinicError({ code: 'several_clinics', names: clinics.map((each) => each.name) });
  return clinic;
}

/** The operator is not a person of the clinic, so there is no actor. */
export const describeOperator = (clinicId: string, caller: Caller) => ({
  clinicId,
  actorId: null,
  sessionId: null,
  caller,
});

async function explainTakenEmail<T>(email: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (brokenConstraint(error) !== 'professionals_email_key') throw error;
    throw new ClinicError({ code: 'email_taken', email });
  }
}
