import { v7 as uuidv7 } from 'uuid';
import type {
  Appointment,
  AppointmentInput,
  AppointmentPatch,
  Transition,
} from '../../../shared/contracts/agenda/appointments.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { recordEvent } from '../audit/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { reserveSessionAgain, reserveSessionOf, reserveSessions } from '../session-packages/api.ts';
import { bookAppointments } from './booking.ts';
import { takeTimes } from './conflict-answer.ts';
import { type BookingFacts, selectBookingFacts } from './facts-queries.ts';
import { takesTime, valuesOf } from './fields.ts';
import { listVersions, type VersionRow } from './history-queries.ts';
import { moveRows } from './moving.ts';
import {
  assertMayWriteFor,
  assertMayWriteNotes,
  clientScope,
  readingScope,
  seesClient,
  seesNotes,
  writingScope,
} from './policy.ts';
import { presentAppointment } from './presenter.ts';
import { appointmentExists, type AppointmentRow, selectAppointments } from './queries.ts';
import { changeRow, writeRow } from './status.ts';
import { readEnd, readStart } from './times.ts';

export interface AppointmentAnswer {
  readonly body: Appointment;
  readonly etag: string;
}

type Matches = (version: number) => boolean;

/** The versions of an appointment that its answer has; older ones are in the pages of its history. */
const versionsShown = 100;

const answer = (actor: Actor, row: AppointmentRow, versions: readonly VersionRow[]): AppointmentAnswer => ({
  body: presentAppointment(row, versions.toReversed(), {
    notes: seesNotes(actor),
    client: seesClient(actor, row.client_owner, row.client_id),
  }),
  etag: etagOf(row.version),
});

/** The answer to a change, in its transaction. */
async function answerChange(tx: Transaction, actor: Actor, row: AppointmentRow): Promise<AppointmentAnswer> {
  return answer(actor, row, await listVersions(tx, actor.clinicId, row.id, { limit: versionsShown }));
}

/** Reads one appointment and records that in the audit trail. Throws not_found. */
export async function getAppointment(db: Database, actor: Actor, id: string): Promise<AppointmentAnswer> {
  const [[row], versions] = await db.read(actor, (tx) =>
    Promise.all([
      selectAppointments(tx, actor.clinicId, [id], readingScope(actor)),
      listVersions(tx, actor.clinicId, id, { limit: versionsShown }),
      recordEvent(
        tx,
        actor,
        { action: 'appointment_read', recordType: 'appointment', recordId: id },
        appointmentExists(actor.clinicId, id, readingScope(actor)),
      ),
    ]),
  );
  if (row?.deleted_at !== null) throw notFound();
  return answer(actor, row, versions);
}

interface Creation extends AppointmentAnswer {
  /** True when an earlier request with the same Idempotency-Key created the record. */
  readonly replayed: boolean;
}

/** Books an appointment. Throws invalid_request, forbidden, not_found, not_bookable, idempotency_key_reused and the conflicts. */
export function createAppointment(
  db: Database,
  actor: Actor,
  input: AppointmentInput,
  idempotencyKey: string | undefined,
): Promise<Creation> {
  assertMayWriteFor(actor, input.professionalId, input.clientId);
  assertMayWriteNotes(actor, input);
  const id = uuidv7();
  const create = async (tx: Transaction): Promise<Creation> => {
    const [claim, facts] = await Promise.all([
      claimCreation(tx, actor, { key: idempotencyKey, route: 'POST /appointments', content: [input], recordId: id }),
      selectBookingFacts(tx, actor.clinicId, input.visitType),
    ]);
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) {
      const row = await getWritable(tx, actor, earlier);
      return { ...(await answerChange(tx, actor, row)), replayed: true };
    }
    const booking = { ...input, id, ...readTimes(input, facts), overlapReason: input.overlap?.reason };
    await Promise.all([reserveSession(tx, actor, input), requireSeen(tx, actor, input.makeupOf)]);
    const [row] = await bookAppointments(tx, actor, [booking], { clientScope: clientScope(actor) });
    if (row === undefined) throw new Error('nothing was booked');
    return { ...(await answerChange(tx, actor, row)), replayed: false };
  };
  return takeTimes(db, actor, () => db.write(actor, create));
}

/** Takes a place in the package that is named, if one is. Throws not_found, package_used_up. */
async function reserveSession(
  tx: Transaction,
  { clinicId }: Actor,
  { packageId, clientId }: { readonly packageId?: string | null | undefined; readonly clientId: string },
): Promise<void> {
  if (packageId != null) await reserveSessions(tx, { clinicId, packageId, clientId, sessions: 1 });
}

/** Throws not_found for an appointment to make up for that the person does not see. */
async function requireSeen(tx: Transaction, actor: Actor, makeupOf: string | null | undefined): Promise<void> {
  if (makeupOf == null) return;
  const [seen] = await selectAppointments(tx, actor.clinicId, [makeupOf], readingScope(actor));
  if (seen?.deleted_at !== null) throw notFound();
}

/** Throws invalid_request. */
function readTimes(input: AppointmentInput, { time_zone: timeZone, visit_type: visitType }: BookingFacts) {
  if (visitType === null) throw invalidField('visitType', 'visit_type_not_found');
  const startAt = readStart(input, timeZone);
  if (startAt === undefined) throw invalidField('startAt', 'required');
  return { visitType: visitType.key, startAt, endAt: readEnd(input, startAt, visitType.minutes * 60_000) };
}

async function getWritable(tx: Transaction, actor: Actor, id: string): Promise<AppointmentRow> {
  const [row] = await selectAppointments(tx, actor.clinicId, [id], writingScope(actor));
  if (row?.deleted_at !== null) throw notFound();
  return row;
}

/** Changes or moves an appointment. Throws not_found, stale, invalid_request, forbidden, invalid_transition and the conflicts. */
export function changeAppointment(
  db: Database,
  actor: Actor,
  id: string,
  matches: Matches,
  patch: AppointmentPatch,
): Promise<AppointmentAnswer> {
  assertMayWriteNotes(actor, patch);
  const change = async (tx: Transaction): Promise<AppointmentAnswer> => {
    const [row, facts] = await Promise.all([
      getWritable(tx, actor, id),
      selectBookingFacts(tx, actor.clinicId, patch.visitType),
    ]);
    const { professionalId = row.professional_id, clientId = row.client_id } = patch;
    assertMayWriteFor(actor, professionalId, clientId);
    if (!matches(row.version)) throw conflict('stale');
    if (patch.visitType !== undefined && patch.visitType !== row.visit_type && facts.visit_type === null)
      throw invalidField('visitType', 'visit_type_not_found');
    // A package, a series and what is made up for belong to one client: they do not follow the appointment to another one.
    const isSame = clientId === row.client_id;
    const { packageId = isSame ? row.package_id : null, makeupOf = isSame ? row.makeup_of : null } = patch;
    if (makeupOf !== row.makeup_of) await requireSeen(tx, actor, makeupOf);
    if (packageId !== null && packageId !== row.package_id)
      await reserveSessionOf(tx, { clinicId: actor.clinicId, packageId, clientId, appointmentId: id });
    const startAt = readStart(patch, facts.time_zone) ?? row.start_at;
    const endAt = readEnd(patch, startAt, row.end_at.getTime() - row.start_at.getTime());
    const left = isSame ? {} : { seriesId: null, originalStart: null };
    const move = { ...patch, ...left, id, packageId, makeupOf, startAt, endAt, overlapReason: patch.overlap?.reason };
    const isMove = startAt.getTime() !== row.start_at.getTime() || endAt.getTime() !== row.end_at.getTime();
    const action = isMove || professionalId !== row.professional_id ? 'move' : 'update';
    const [changed] = await moveRows(tx, actor, [row], [move], action, { clientScope: clientScope(actor) });
    if (changed === undefined) throw new Error('nothing was moved');
    return answerChange(tx, actor, changed);
  };
  return takeTimes(db, actor, () => db.write(actor, change));
}

/** Takes back an appointment that was entered by mistake. Throws not_found, stale. */
export async function removeAppointment(db: Database, actor: Actor, id: string, matches: Matches): Promise<void> {
  const remove = async (tx: Transaction): Promise<void> => {
    const row = await getWritable(tx, actor, id);
    if (!matches(row.version)) throw conflict('stale');
    const planned = { ...valuesOf(row), deleted_at: new Date() };
    await writeRow(tx, actor, row, planned, { action: 'delete', audited: 'appointment_removed' });
  };
  await takeTimes(db, actor, () => db.write(actor, remove));
}

/** Changes the state. Throws not_found, invalid_transition, package_used_up and the conflicts. */
export function changeState(
  db: Database,
  actor: Actor,
  id: string,
  transition: Transition,
): Promise<AppointmentAnswer> {
  const change = async (tx: Transaction): Promise<AppointmentAnswer> => {
    const row = await getWritable(tx, actor, id);
    const { overlap, ...rest } = transition;
    if (row.package_id !== null && row.session === null && takesTime({ ...row, status: transition.to }))
      await reserveSessionAgain(tx, {
        clinicId: actor.clinicId,
        packageId: row.package_id,
        clientId: row.client_id,
      });
    const changed = await changeRow(tx, actor, row, { ...rest, id, overlapReason: overlap?.reason });
    return answerChange(tx, actor, changed);
  };
  return takeTimes(db, actor, () => db.write(actor, change));
}
