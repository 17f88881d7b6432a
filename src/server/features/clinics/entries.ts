import type { HostEntry } from '../../../shared/contracts/host-entries.ts';
import { may } from '../../../shared/permissions.ts';
import { brokenConstraint } from '../../db/errors.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { forbidden, notFound } from '../../domain-error.ts';
import type { Actor, Caller } from '../../http/actor.ts';
import { describeChanges, recordEvent, recordSystemEvent } from '../audit/api.ts';
import { endEntrySessions } from '../auth/api.ts';
import { findSuperuser, type NewPerson, seatSuperuser } from '../professionals/api.ts';
import { ClinicError } from './clinic-error.ts';
import { endEntriesOf, endEntry, type EntryRow, insertEntry, listEntries } from './entry-queries.ts';
import { chooseClinic, describeOperator } from './service.ts';

/** Hours that a superuser may act in a clinic. */
export const entryHours = { usual: 4, most: 72 } as const;

/** The most entries that a list shows; each is in the trail, too. */
const listed = 50;

const presentEntry = (row: EntryRow): HostEntry => ({
  id: row.id,
  reason: row.reason,
  startedAt: row.started_at.toISOString(),
  endsAt: row.ends_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
  endedBy: row.ended_by,
  open: row.ended_at === null && row.ends_at > new Date(),
});

function assertAdministrator(actor: Actor): void {
  if (!may(actor.role, 'clinic.manage')) throw forbidden();
}

/** For administrators: who of the host was let into the clinic, newest first. Throws forbidden. */
export async function listHostEntries(db: Database, actor: Actor): Promise<HostEntry[]> {
  assertAdministrator(actor);
  return (await db.read(actor, (tx) => listEntries(tx, actor.clinicId, listed))).map(presentEntry);
}

/** For administrators: ends an entry at once. Throws forbidden, not_found. */
export async function endHostEntry(db: Database, actor: Actor, id: string): Promise<HostEntry> {
  assertAdministrator(actor);
  const row = await db.write(actor, async (tx) => {
    const ended = await endEntry(tx, actor.clinicId, id, actor.professionalId);
    if (ended === undefined) throw notFound();
    await Promise.all([
      endEntrySessions(tx, ended.professional_id),
      recordEvent(tx, actor, { action: 'host_entry_ended', recordType: 'host_entry', recordId: id }),
    ]);
    return ended;
  });
  return presentEntry(row);
}

export interface EntryRequest {
  readonly clinicName: string | undefined;
  readonly person: Omit<NewPerson, 'role' | 'superuser'>;
  /** Told to the administrators of the clinic. */
  readonly reason: string;
  readonly hours: number;
}

/**
 * Lets a superuser act in a clinic for some hours; what they could do in another clinic ends with it. Throws ClinicError for an
 * address that somebody of a clinic signs in with.
 */
export async function openHostEntry(
  db: Database,
  { clinicName, person, reason, hours }: EntryRequest,
  caller: Caller,
): Promise<HostEntry & { readonly clinicName: string }> {
  try {
    return await db.system(async (tx) => {
      const clinic = await chooseClinic(tx, clinicName);
      await leaveClinic(tx, person.email, caller);
      const professionalId = await seatSuperuser(tx, clinic.id, person);
      const row = await insertEntry(tx, { clinicId: clinic.id, professionalId, reason, hours });
      await recordSystemEvent(tx, describeOperator(clinic.id, caller), {
        ...{ action: 'host_entered', recordType: 'host_entry', recordId: row.id },
        details: describeChanges({}, { hours }),
      });
      return { ...presentEntry(row), clinicName: clinic.name };
    });
  } catch (error) {
    if (brokenConstraint(error) !== 'professionals_email_key') throw error;
    throw new ClinicError({ code: 'email_taken', email: person.email });
  }
}

/** Ends what a superuser may do now. @returns the number of entries ended. Throws ClinicError for somebody else. */
export const closeHostEntries = (db: Database, email: string, caller: Caller): Promise<number> =>
  db.system(async (tx) => {
    if ((await findSuperuser(tx, email)) === undefined) throw new ClinicError({ code: 'unknown_person', email });
    return leaveClinic(tx, email, caller);
  });

async function leaveClinic(tx: Transaction, email: string, caller: Caller): Promise<number> {
  const account = await findSuperuser(tx, email);
  if (account === undefined) return 0;
  const ended = await endEntriesOf(tx, account);
  await endEntrySessions(tx, account.id);
  for (const { id } of ended)
    await recordSystemEvent(tx, describeOperator(account.clinicId, caller), {
      action: 'host_entry_ended',
      recordType: 'host_entry',
      recordId: id,
    });
  return ended.length;
}
