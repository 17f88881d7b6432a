import type { Database, Transaction } from '../../db/transaction.ts';
import type { Caller } from '../../http/actor.ts';
import { type AuditEvent, describeChanges, recordSystemEvent } from '../audit/api.ts';
import { endClinicSessions } from '../auth/api.ts';
import { ClinicError } from './clinic-error.ts';
import { type DeletedRows, deleteClinicRows } from './deletion-queries.ts';
import {
  changedNow,
  clearStanding,
  insertHostEvent,
  listFigures,
  lockStanding,
  measureTables,
  now,
  type ClinicFigures,
  type TableSize,
  updateStanding,
} from './desk-queries.ts';
import { listClinics } from './queries.ts';
import { chooseClinic, describeOperator } from './service.ts';

/** Days between the decision to delete a clinic and the deletion. */
export const deletionDelay = { usual: 30, least: 7 } as const;

export type { ClinicFigures };

type Standing = NonNullable<Awaited<ReturnType<typeof lockStanding>>>;

/** Locks the named clinic and runs work on it, with the trail of the clinic and that of the host. Throws ClinicError. */
function atDesk<T>(
  db: Database,
  name: string,
  caller: Caller,
  work: (
    tx: Transaction,
    clinic: Standing,
    note: (action: DeskAction, details?: Details) => Promise<unknown>,
  ) => Promise<T>,
): Promise<T> {
  return db.system(async (tx) => {
    const { id } = await chooseClinic(tx, name);
    const clinic = await lockStanding(tx, id);
    if (clinic === undefined) throw new ClinicError({ code: 'unknown_clinic', name });
    const note = (action: DeskAction, details?: Details) => noteAtDesk(tx, { clinicId: id, caller, action, details });
    return work(tx, clinic, note);
  });
}

type Details = AuditEvent['details'];
type DeskAction =
  | 'clinic_renamed'
  | 'clinic_suspended'
  | 'clinic_resumed'
  | 'clinic_limited'
  | 'clinic_exported'
  | 'clinic_imported'
  | 'clinic_deletion_planned'
  | 'clinic_deletion_taken_back';

async function noteAtDesk(
  tx: Transaction,
  event: {
    readonly clinicId: string;
    readonly caller: Caller;
    readonly action: DeskAction;
    readonly details?: Details;
  },
): Promise<void> {
  const { clinicId, caller, action, details = {} } = event;
  await Promise.all([
    recordSystemEvent(tx, describeOperator(clinicId, caller), {
      action,
      recordType: 'clinic',
      recordId: clinicId,
      details,
    }),
    insertHostEvent(tx, { action, clinicId, details: { ...details } }),
  ]);
}

/** Figures of every clinic, ordered by name. */
export const listClinicFigures = (db: Database): Promise<ClinicFigures[]> => db.system((tx) => listFigures(tx));

export interface ClinicSize extends ClinicFigures {
  /** Bytes of its rows, as they are stored; indexes are left out. */
  readonly bytes: number;
  readonly tables: readonly TableSize[];
}

/** Figures of the named clinic with rows and bytes of each table. Throws ClinicError. */
export const measureClinic = (db: Database, name: string): Promise<ClinicSize> =>
  db.system(async (tx) => {
    const { id } = await chooseClinic(tx, name);
    const [figures] = await listFigures(tx, id);
    if (figures === undefined) throw new ClinicError({ code: 'unknown_clinic', name });
    const tables = await measureTables(tx, id);
    return { ...figures, bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0), tables };
  });

/** Gives a clinic another name. Throws ClinicError when another one has it. */
export const renameClinic = (db: Database, name: string, newName: string, caller: Caller): Promise<unknown> =>
  atDesk(db, name, caller, async (tx, { id }, note) => {
    const others = (await listClinics(tx, newName)).filter((other) => other.id !== id);
    if (others.length > 0) throw new ClinicError({ code: 'name_taken', name: newName });
    await Promise.all([updateStanding(tx, id, { name: newName, ...changedNow }), note('clinic_renamed')]);
  });

/** Ends all sessions of a clinic, and lets nobody in until it is resumed. Nothing of its data changes. Throws ClinicError. */
export const suspendClinic = (db: Database, name: string, caller: Caller): Promise<unknown> =>
  atDesk(db, name, caller, async (tx, clinic, note) => {
    if (clinic.suspended_at !== null) throw new ClinicError({ code: 'suspended_already', name: clinic.name });
    await updateStanding(tx, clinic.id, { suspended_at: now });
    await Promise.all([endClinicSessions(tx, clinic.id), note('clinic_suspended')]);
  });

/** Lets the people of a clinic in again. Throws ClinicError, also while the clinic is to be deleted. */
export const resumeClinic = (db: Database, name: string, caller: Caller): Promise<unknown> =>
  atDesk(db, name, caller, async (tx, clinic, note) => {
    if (clinic.suspended_at === null) throw new ClinicError({ code: 'not_suspended', name: clinic.name });
    if (clinic.deletion_due_at !== null) throw new ClinicError({ code: 'deletion_planned', name: clinic.name });
    // Reminders whose moment was before are not sent (reminders/reminder-queries.ts).
    await updateStanding(tx, clinic.id, { suspended_at: null, updated_at: now });
    await note('clinic_resumed');
  });

export interface ClinicLimits {
  /** Active clients; null: any number; undefined: as it is. */
  readonly clients: number | null | undefined;
  /** People with access. */
  readonly people: number | null | undefined;
}

/** Limits how many clients and people a clinic may have. Whoever is there stays. Throws ClinicError. */
export const limitClinic = (db: Database, name: string, limits: ClinicLimits, caller: Caller): Promise<ClinicFigures> =>
  atDesk(db, name, caller, async (tx, clinic, note) => {
    const before = { clients: clinic.max_clients, people: clinic.max_people };
    const after = {
      clients: limits.clients === undefined ? before.clients : limits.clients,
      people: limits.people === undefined ? before.people : limits.people,
    };
    await Promise.all([
      updateStanding(tx, clinic.id, { max_clients: after.clients, max_people: after.people }),
      note('clinic_limited', describeChanges(before, after)),
    ]);
    const [figures] = await listFigures(tx, clinic.id);
    if (figures === undefined) throw new ClinicError({ code: 'unknown_clinic', name });
    return figures;
  });

/** Notes that an archive with the clinic alone was made. */
export const noteClinicExport = (db: Database, name: string, archiveId: string, caller: Caller): Promise<unknown> =>
  atDesk(db, name, caller, (tx, clinic, note) =>
    Promise.all([
      updateStanding(tx, clinic.id, { exported_at: now, exported_archive: archiveId }),
      note('clinic_exported', { archive: archiveId }),
    ]),
  );

/**
 * Receives a clinic that was just imported, in the importing transaction: it is suspended until the host resumes it. `newName`
 * replaces its name. Throws ClinicError when a clinic here has the name.
 */
export async function receiveClinic(
  tx: Transaction,
  clinic: { readonly id: string; readonly name: string },
  {
    newName,
    archiveId,
    caller,
  }: { readonly newName: string | undefined; readonly archiveId: string; readonly caller: Caller },
): Promise<void> {
  const name = newName ?? clinic.name;
  const others = (await listClinics(tx, name)).filter((other) => other.id !== clinic.id);
  if (others.length > 0) throw new ClinicError({ code: 'name_taken', name });
  await clearStanding(tx, clinic.id);
  if (newName !== undefined) await updateStanding(tx, clinic.id, { name });
  await noteAtDesk(tx, { clinicId: clinic.id, caller, action: 'clinic_imported', details: { archive: archiveId } });
}

/**
 * Plans the deletion of a suspended clinic that was exported since it was suspended. @returns from when on it can be deleted.
 * Throws ClinicError.
 */
export const planDeletion = (db: Database, name: string, days: number, caller: Caller): Promise<Date> =>
  atDesk(db, name, caller, async (tx, clinic, note) => {
    if (clinic.suspended_at === null) throw new ClinicError({ code: 'not_suspended', name: clinic.name });
    if (clinic.deletion_due_at !== null) throw new ClinicError({ code: 'deletion_planned', name: clinic.name });
    if (clinic.exported_at === null || clinic.exported_at < clinic.suspended_at)
      throw new ClinicError({ code: 'not_exported', name: clinic.name });
    const dueAt = new Date(Date.now() + days * 24 * 3600 * 1000);
    await Promise.all([
      updateStanding(tx, clinic.id, { deletion_due_at: dueAt }),
      note('clinic_deletion_planned', describeChanges({}, { dueAt: dueAt.toISOString() })),
    ]);
    return dueAt;
  });

/** Takes a planned deletion back; the clinic stays suspended. Throws ClinicError. */
export const takeBackDeletion = (db: Database, name: string, caller: Caller): Promise<unknown> =>
  atDesk(db, name, caller, async (tx, clinic, note) => {
    if (clinic.deletion_due_at === null) throw new ClinicError({ code: 'no_deletion_planned', name: clinic.name });
    await Promise.all([updateStanding(tx, clinic.id, { deletion_due_at: null }), note('clinic_deletion_taken_back')]);
  });

/**
 * Deletes a clinic for good, once its time has come. What stays is one line in the host's own trail. Throws ClinicError; `confirmed`
 * has to be the clinic's name, letter by letter.
 */
export const deleteClinic = (
  db: Database,
  name: string,
  confirmed: string,
  caller: Caller,
): Promise<{ readonly clinicId: string; readonly deleted: readonly DeletedRows[] }> =>
  atDesk(db, name, caller, async (tx, clinic) => {
    const dueAt = clinic.deletion_due_at;
    if (dueAt === null) throw new ClinicError({ code: 'no_deletion_planned', name: clinic.name });
    if (dueAt > new Date()) throw new ClinicError({ code: 'deletion_not_due', name: clinic.name, dueAt });
    if (confirmed !== clinic.name) throw new ClinicError({ code: 'wrong_name', name: clinic.name });
    const deleted = await deleteClinicRows(tx, clinic.id);
    const rows = deleted.reduce((sum, each) => sum + each.rows, 0);
    await insertHostEvent(tx, {
      action: 'clinic_deleted',
      clinicId: clinic.id,
      details: { rows, archive: clinic.exported_archive, exportedAt: clinic.exported_at },
    });
    return { clinicId: clinic.id, deleted };
  });
