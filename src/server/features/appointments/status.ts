import type { AppointmentStatus } from '../../../shared/contracts/agenda/appointments.ts';
import { wholeClinic } from '../../../shared/permissions.ts';
import { toLocalDate } from '../../../shared/zoned-time.ts';
import type { Transaction } from '../../db/transaction.ts';
import { conflict, notFound } from '../../domain-error.ts';
import type { AuditAction } from '../audit/api.ts';
import type { Author } from './author.ts';
import { noteEvents } from './events.ts';
import { type AppointmentValues, changesBetween, isFinal, takesTime, valuesOf } from './fields.ts';
import { type AppointmentRow, selectAppointments } from './queries.ts';
import { reserve } from './reservation.ts';
import { updateAppointments } from './write-queries.ts';

export interface StatusChange {
  readonly id: string;
  readonly to: AppointmentStatus;
  /** The state that is taken back, if it is the present one. */
  readonly from?: AppointmentStatus | undefined;
  readonly reason?: string | null | undefined;
  readonly askedBy?: 'client' | 'clinic' | undefined;
  readonly owesMakeup?: boolean | undefined;
  /** Takes a canceled one back into a time that is busy by now. */
  readonly overlapReason?: string | undefined;
}

const steps = ['scheduled', 'confirmed', 'arrived', 'inProgress', 'done'] as const;
const placeOf = (status: string): number => steps.findIndex((step) => step === status);

/**
 * Whether an appointment may take a state (docs/agenda.md has the diagram). Steps forward may be skipped. Until the day of the
 * appointment is over a state can be taken back: an open one only by name (`from`), so that a page that is behind takes nothing
 * back that somebody else has noted.
 */
export function mayBecome(
  row: Pick<AppointmentRow, 'status' | 'start_at' | 'time_zone'>,
  { to, from }: Pick<StatusChange, 'to' | 'from'>,
  now: Date,
): boolean {
  if (from !== undefined && from !== row.status) return false;
  const mayGoBack = toLocalDate(row.start_at, row.time_zone) >= toLocalDate(now, row.time_zone);
  if (isFinal(row.status)) return !isFinal(to) && mayGoBack;
  if (to === 'canceled') return true;
  if (to === 'noShow') return row.status === 'scheduled' || row.status === 'confirmed';
  if (placeOf(to) > placeOf(row.status)) return true;
  return from !== undefined && to !== from && mayGoBack;
}

async function getRow(tx: Transaction, { clinicId }: Author, id: string): Promise<AppointmentRow> {
  const [row] = await selectAppointments(tx, clinicId, [id], wholeClinic);
  if (row?.deleted_at !== null) throw notFound();
  return row;
}

/**
 * Changes the state of an appointment that was read in this transaction. Takes rights for granted. Throws invalid_transition,
 * TimeTaken. Runs in `runAgainAfterRace`.
 */
export async function changeRow(
  tx: Transaction,
  author: Author,
  row: AppointmentRow,
  change: StatusChange,
): Promise<AppointmentRow> {
  if (!mayBecome(row, change, new Date())) throw conflict('invalid_transition', { current: row.status });
  return writeRow(tx, author, row, applyStatus(row, change), {
    action: 'transition',
    audited: 'appointment_status_changed',
    overlapReason: change.overlapReason,
  });
}

interface Writing {
  readonly action: 'transition' | 'delete' | 'answer';
  readonly audited: AuditAction;
  readonly overlapReason?: string | undefined;
}

/** Writes the next values of one appointment, after it has got its time if it takes one again. */
export async function writeRow(
  tx: Transaction,
  author: Author,
  row: AppointmentRow,
  planned: AppointmentValues,
  { action, audited, overlapReason }: Writing,
): Promise<AppointmentRow> {
  const { overlapReasons } = await reserve(tx, author.clinicId, [
    {
      clientId: row.client_id,
      professionalId: row.professional_id,
      roomId: row.room_id,
      startAt: row.start_at,
      endAt: row.end_at,
      makeupOf: row.makeup_of,
      live: takesTime(planned),
      before: row,
      overlapReason,
      // Whoever takes a state back sees the client before them.
      allowClientOverlap: true,
    },
  ]);
  const values = { ...planned, overlap_reason: overlapReasons[0] ?? null };
  const changes = changesBetween(row, values);
  if (changes.length === 0) return row;
  const [[changed]] = await Promise.all([
    updateAppointments(tx, author, [{ id: row.id, values, changes }], { action }),
    noteEvents(tx, author, audited, [row.id]),
  ]);
  if (changed === undefined) throw new Error('the appointment was locked and is gone');
  return changed;
}

function applyStatus(row: AppointmentRow, { to, reason, askedBy, owesMakeup }: StatusChange): AppointmentValues {
  const ends = to === 'canceled';
  const isAbsence = ends || to === 'noShow';
  return {
    ...valuesOf(row),
    status: to,
    cancel_reason: ends ? (reason ?? null) : null,
    cancel_asked_by: ends ? (askedBy ?? null) : null,
    owes_makeup: isAbsence && (owesMakeup ?? false),
  };
}

/** Cancels those of the appointments that are not in a final state. @returns the ids of those that were canceled */
export async function cancelAppointments(
  tx: Transaction,
  author: Author,
  ids: readonly string[],
  { reason, askedBy }: Pick<StatusChange, 'reason' | 'askedBy'>,
): Promise<string[]> {
  const rows = (await selectAppointments(tx, author.clinicId, ids, wholeClinic)).filter(
    (row) => row.deleted_at === null && !isFinal(row.status),
  );
  if (rows.length === 0) return [];
  const written = rows.map((row) => {
    const values = applyStatus(row, { id: row.id, to: 'canceled', reason, askedBy });
    return { row, id: row.id, values, changes: changesBetween(row, values) };
  });
  await reserve(
    tx,
    author.clinicId,
    written.map(({ row }) => toFreedWish(row)),
  );
  await Promise.all([
    updateAppointments(tx, author, written, { action: 'transition' }),
    noteEvents(
      tx,
      author,
      'appointment_status_changed',
      written.map(({ id }) => id),
    ),
  ]);
  return written.map(({ id }) => id);
}

const toFreedWish = (row: AppointmentRow) => ({
  clientId: row.client_id,
  professionalId: row.professional_id,
  roomId: row.room_id,
  startAt: row.start_at,
  endAt: row.end_at,
  makeupOf: row.makeup_of,
  live: false,
  before: row,
});

/**
 * Notes what the client asked for by the link of a message. `confirm` also confirms a scheduled appointment; of anything else the
 * clinic decides. Throws not_found, invalid_transition once it is final or has begun. Runs in `runAgainAfterRace`.
 */
export async function addClientAnswer(
  tx: Transaction,
  author: Author,
  id: string,
  answer: 'confirm' | 'cancel' | 'reschedule',
): Promise<AppointmentRow> {
  const row = await getRow(tx, author, id);
  if (isFinal(row.status) || row.start_at <= new Date()) throw conflict('invalid_transition');
  const confirms = answer === 'confirm' && row.status === 'scheduled';
  const planned = { ...valuesOf(row), client_answer: answer, status: confirms ? 'confirmed' : row.status };
  return writeRow(tx, author, row, planned, { action: 'answer', audited: 'appointment_answered' });
}
