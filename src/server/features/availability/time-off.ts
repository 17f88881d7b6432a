import { v7 as uuidv7 } from 'uuid';
import type { TimeOff, TimeOffInput } from '../../../shared/contracts/agenda/availability.ts';
import { mayForAll, reaches } from '../../../shared/permissions.ts';
import { toInstant, toLocalTime } from '../../../shared/zoned-time.ts';
import { toEdge } from '../../db/clinic-time.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { recordEvent } from '../audit/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { selectTimeZone } from './hours-queries.ts';
import { findTreating } from './people-queries.ts';
import { agendaScope, assertMayEnterAbsence } from './policy.ts';
import {
  countComingTimeOff,
  deleteTimeOff,
  insertTimeOff,
  type InTheWayRow,
  listTimeOff,
  listInTheWay,
  selectTimeOff,
  type TimeOffRow,
} from './time-off-queries.ts';

const presentTimeOff = (row: TimeOffRow, timeZone: string): TimeOff => ({
  id: row.id,
  professionalId: row.professional_id,
  startAt: row.start_at.toISOString(),
  endAt: row.end_at.toISOString(),
  localStart: toLocalTime(row.start_at, timeZone),
  localEnd: toLocalTime(row.end_at, timeZone),
  reason: row.reason,
});

interface TimeOffFilters {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly professionalId?: string | undefined;
}

/** Absences and closed times that are not over, or those of a window. A professional sees their own and the clinic's. */
export async function listAbsences(db: Database, actor: Actor, { from, to, professionalId }: TimeOffFilters) {
  const [timeZone, rows] = await db.read(actor, (tx) =>
    Promise.all([
      selectTimeZone(tx, actor.clinicId),
      listTimeOff(tx, {
        clinicId: actor.clinicId,
        scope: agendaScope(actor),
        professionalId,
        from: from === undefined ? undefined : toEdge(from),
        to: to === undefined ? undefined : toEdge(to),
      }),
    ]),
  );
  return rows.map((row) => presentTimeOff(row, timeZone));
}

/** The most absences that are not over, so that lists and free times stay quick. */
const mostComing = 1000;

interface Absence {
  readonly body: TimeOff & { readonly inTheWay: { id: string; startAt: string; endAt: string }[] };
  /** True when an earlier request with the same Idempotency-Key entered it. */
  readonly replayed: boolean;
}

/** Enters an absence. @returns it with the appointments in its way. Throws forbidden, not_found, invalid_request, list_full. */
export async function addAbsence(
  db: Database,
  actor: Actor,
  input: TimeOffInput,
  idempotencyKey: string | undefined,
): Promise<Absence> {
  const isOwn = input.professionalId === undefined && !mayForAll(actor, 'agenda.hours');
  const professionalId = isOwn ? actor.professionalId : (input.professionalId ?? null);
  assertMayEnterAbsence(actor, professionalId);
  const id = uuidv7();
  return db.write(actor, async (tx) => {
    const { clinicId } = actor;
    const [claim, timeZone, isThere, coming] = await Promise.all([
      claimCreation(tx, actor, { key: idempotencyKey, route: 'POST /time-off', content: [input], recordId: id }),
      selectTimeZone(tx, clinicId),
      professionalId === null ? true : findTreating(tx, clinicId, professionalId),
      countComingTimeOff(tx, clinicId, mostComing),
    ]);
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) {
      const known = await selectTimeOff(tx, clinicId, earlier);
      if (known === undefined) throw notFound();
      return { body: await presentAbsence(tx, clinicId, known, timeZone), replayed: true };
    }
    if (!isThere) throw notFound();
    if (coming >= mostComing) throw conflict('list_full');
    const [row] = await Promise.all([
      insertTimeOff(tx, {
        ...readSpan(input, timeZone),
        id,
        clinic_id: clinicId,
        professional_id: professionalId,
        reason: input.reason ?? null,
        created_by: actor.professionalId,
      }),
      recordEvent(tx, actor, { action: 'time_off_added', recordType: 'time_off', recordId: id }),
    ]);
    return { body: await presentAbsence(tx, clinicId, row, timeZone), replayed: false };
  });
}

/** Throws invalid_request. */
function readSpan({ startAt, localStart, endAt, localEnd }: TimeOffInput, timeZone: string) {
  const read = (instant: string | undefined, local: string | undefined): Date =>
    local === undefined ? new Date(instant ?? 0) : toInstant(local, timeZone);
  const [start_at, end_at] = [read(startAt, localStart), read(endAt, localEnd)];
  if (start_at >= end_at) throw invalidField(endAt === undefined ? 'localEnd' : 'endAt', 'ends_before_start');
  return { start_at, end_at };
}

const presentInTheWay = ({ id, start_at, end_at }: InTheWayRow) => ({
  id,
  startAt: start_at.toISOString(),
  endAt: end_at.toISOString(),
});

async function presentAbsence(
  tx: Transaction,
  clinicId: string,
  row: TimeOffRow,
  timeZone: string,
): Promise<Absence['body']> {
  const inTheWay = await listInTheWay(tx, clinicId, row);
  return { ...presentTimeOff(row, timeZone), inTheWay: inTheWay.map(presentInTheWay) };
}

/** Takes an absence back. Throws not_found, forbidden for one of the whole clinic. */
export async function removeAbsence(db: Database, actor: Actor, id: string): Promise<void> {
  await db.write(actor, async (tx) => {
    const row = await selectTimeOff(tx, actor.clinicId, id);
    const scope = agendaScope(actor);
    if (row === undefined) throw notFound();
    if (row.professional_id !== null && !reaches(scope, row.professional_id)) throw notFound();
    assertMayEnterAbsence(actor, row.professional_id);
    await Promise.all([
      deleteTimeOff(tx, actor.clinicId, id),
      recordEvent(tx, actor, { action: 'time_off_removed', recordType: 'time_off', recordId: id }),
    ]);
  });
}
