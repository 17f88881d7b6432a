import type { Scope } from '../../../shared/permissions.ts';
import { wholeClinic } from '../../../shared/permissions.ts';
import type { Transaction } from '../../db/transaction.ts';
import { conflict, notFound } from '../../domain-error.ts';
import type { AuditAction } from '../audit/api.ts';
import { endMessagesOf } from '../reminders/api.ts';
import type { Author } from './author.ts';
import { inOrderOf } from './booking.ts';
import { noteEvents } from './events.ts';
import { type AppointmentValues, changesBetween, isFinal, takesTime, valuesOf } from './fields.ts';
import { type AppointmentRow, selectAppointments } from './queries.ts';
import { reserve, type Wish } from './reservation.ts';
import { updateAppointments } from './write-queries.ts';

/** What changes of one appointment; whatever is left out stays. */
export interface AppointmentMove {
  readonly id: string;
  readonly startAt?: Date | undefined;
  readonly endAt?: Date | undefined;
  readonly professionalId?: string | undefined;
  readonly roomId?: string | null | undefined;
  readonly clientId?: string | undefined;
  readonly visitType?: string | undefined;
  readonly title?: string | null | undefined;
  readonly location?: string | null | undefined;
  readonly notes?: string | null | undefined;
  readonly makeupOf?: string | null | undefined;
  readonly packageId?: string | null | undefined;
  /** Another series, or another start that its series gave it. */
  readonly seriesId?: string | null | undefined;
  readonly originalStart?: Date | null | undefined;
  readonly overlapReason?: string | undefined;
  readonly allowClientOverlap?: boolean | undefined;
}

export type MoveAction = 'update' | 'move' | 'shift' | 'series' | 'handOver';

interface MoveRules {
  /** Whose clients may be named; all of the clinic's without it. */
  readonly clientScope?: Scope;
  /** All move by as much. */
  readonly together?: boolean;
  /** Takes a reason also where the clinic allows no encaixe. */
  readonly mayOverlap?: boolean;
}

/**
 * Changes all of them or none, in the caller's transaction. None collides with the old time of itself or another one of them.
 * Takes rights for granted. Throws not_found, invalid_transition (a final one keeps its time), TimeTaken, not_bookable. The
 * transaction runs in `runAgainAfterRace`. @returns them in the order given
 */
export async function moveAppointments(
  tx: Transaction,
  author: Author,
  moves: readonly AppointmentMove[],
  action: MoveAction,
): Promise<AppointmentRow[]> {
  const rows = await selectAppointments(
    tx,
    author.clinicId,
    moves.map(({ id }) => id),
    wholeClinic,
  );
  return moveRows(tx, author, rows, moves, action);
}

/** The same with appointments that were read in this transaction. */
export async function moveRows(
  tx: Transaction,
  author: Author,
  rows: readonly AppointmentRow[],
  moves: readonly AppointmentMove[],
  action: MoveAction,
  rules: MoveRules = {},
): Promise<AppointmentRow[]> {
  if (moves.length === 0) return [];
  const byId = new Map(rows.map((row) => [row.id, row]));
  const planned = moves.map((move) => {
    const before = byId.get(move.id);
    if (before?.deleted_at !== null) throw notFound();
    return { move, before, after: applyMove(before, move) };
  });
  const { timeZone, overlapReasons } = await reserve(
    tx,
    author.clinicId,
    planned.map(({ move, before, after }) => toWish(move, before, after)),
    rules,
  );
  const written = planned.flatMap(({ before, after: planning }, index) => {
    const moved = isMoved(before, planning);
    const after = {
      ...planning,
      overlap_reason: overlapReasons[index] ?? null,
      ...(moved && { time_zone: timeZone }),
      ...((startsElsewhen(before, planning) || isAnotherClients(before, planning)) && unconfirmed(planning)),
    };
    const changes = changesBetween(before, after);
    const given = isAnotherClients(before, after);
    return changes.length === 0 ? [] : [{ id: before.id, values: after, changes, moved, given }];
  });
  const changed = written.length === 0 ? [] : await write(tx, author, written, action);
  const ids = new Set(changed.map(({ id }) => id));
  return inOrderOf(moves, [...changed, ...rows.filter(({ id }) => !ids.has(id))]);
}

type Written = Parameters<typeof updateAppointments>[2][number] & {
  readonly moved: boolean;
  /** To another client. */
  readonly given: boolean;
};

async function write(
  tx: Transaction,
  author: Author,
  written: readonly Written[],
  action: MoveAction,
): Promise<AppointmentRow[]> {
  const event = (moved: boolean): AuditAction => (moved ? 'appointment_moved' : 'appointment_updated');
  const idsOf = (moved: boolean) => written.filter((each) => each.moved === moved).map(({ id }) => id);
  const [changed] = await Promise.all([
    updateAppointments(tx, author, written, { action }),
    noteEvents(tx, author, event(true), idsOf(true)),
    noteEvents(tx, author, event(false), idsOf(false)),
  ]);
  await endMessagesOf(
    tx,
    author.clinicId,
    written.filter(({ given }) => given).map(({ id }) => id),
  );
  return changed;
}

const startsElsewhen = (before: AppointmentValues, after: AppointmentValues): boolean =>
  before.start_at.getTime() !== after.start_at.getTime();

const isAnotherClients = (before: AppointmentValues, after: AppointmentValues): boolean =>
  before.client_id !== after.client_id;

/** What somebody confirmed or asked for was about the start, and by the client, before: the next one is to be confirmed anew. */
const unconfirmed = ({ status }: AppointmentValues): Pick<AppointmentValues, 'client_answer' | 'status'> => ({
  client_answer: null,
  status: status === 'confirmed' ? 'scheduled' : status,
});

/** Whether it takes place at another time, with somebody else or elsewhere. */
const isMoved = (before: AppointmentValues, after: AppointmentValues): boolean =>
  startsElsewhen(before, after) ||
  before.end_at.getTime() !== after.end_at.getTime() ||
  before.professional_id !== after.professional_id;

const place = ['client_id', 'professional_id', 'room_id'] as const;

/** Throws invalid_transition when a final appointment would get another time, person or room. */
function applyMove(before: AppointmentRow, move: AppointmentMove): AppointmentValues {
  const after: AppointmentValues = {
    ...valuesOf(before),
    client_id: move.clientId ?? before.client_id,
    professional_id: move.professionalId ?? before.professional_id,
    room_id: move.roomId === undefined ? before.room_id : move.roomId,
    visit_type: move.visitType ?? before.visit_type,
    title: move.title === undefined ? before.title : move.title,
    start_at: move.startAt ?? before.start_at,
    end_at: move.endAt ?? before.end_at,
    location: move.location === undefined ? before.location : move.location,
    notes: move.notes === undefined ? before.notes : move.notes,
    makeup_of: move.makeupOf === undefined ? before.makeup_of : move.makeupOf,
    package_id: move.packageId === undefined ? before.package_id : move.packageId,
    series_id: move.seriesId === undefined ? before.series_id : move.seriesId,
    original_start: move.originalStart === undefined ? before.original_start : move.originalStart,
  };
  if (isFinal(before.status) && (isMoved(before, after) || place.some((column) => before[column] !== after[column])))
    throw conflict('invalid_transition');
  return after;
}

const toWish = (move: AppointmentMove, before: AppointmentRow, after: AppointmentValues): Wish => ({
  clientId: after.client_id,
  professionalId: after.professional_id,
  roomId: after.room_id,
  startAt: after.start_at,
  endAt: after.end_at,
  makeupOf: after.makeup_of,
  live: takesTime(after),
  before,
  overlapReason: move.overlapReason,
  allowClientOverlap: move.allowClientOverlap,
});
