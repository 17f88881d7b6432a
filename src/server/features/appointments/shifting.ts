import type { AppointmentSummary, ShiftInput } from '../../../shared/contracts/agenda/appointments.ts';
import { addDays, startOfDay, toInstant, toLocalDate } from '../../../shared/zoned-time.ts';
import type { Database } from '../../db/transaction.ts';
import { invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { findClinicSettings } from '../clinics/api.ts';
import { takeTimes } from './conflict-answer.ts';
import { type ShiftMessage, writeShiftMessage } from './messages.ts';
import { moveRows } from './moving.ts';
import { assertMayWriteFor } from './policy.ts';
import { presentAppointmentSummary } from './presenter.ts';
import { selectComing } from './queries.ts';
import { selectPlaces } from './reservation-queries.ts';

interface Shifted {
  readonly items: AppointmentSummary[];
  readonly messages: ShiftMessage[];
}

/**
 * Moves the appointments of a professional's day that start at an instant or later and have not begun, all of them or none.
 * Throws forbidden, not_found, invalid_request when one would leave the day, and the conflicts.
 */
export function shiftAppointments(
  db: Database,
  actor: Actor,
  { professionalId, from, minutes }: ShiftInput,
): Promise<Shifted> {
  assertMayWriteFor(actor, professionalId, null);
  const shift = (): Promise<Shifted> =>
    db.write(actor, async (tx) => {
      const { clinicId } = actor;
      const [clinic, { professionals }] = await Promise.all([
        findClinicSettings(tx, clinicId),
        selectPlaces(tx, clinicId, { professionalIds: [professionalId], roomIds: [], makeupIds: [] }),
      ]);
      if (professionals.length === 0) throw notFound();
      const { timeZone } = clinic;
      const start = isInstant(from) ? new Date(from) : toInstant(from, timeZone);
      const day = toLocalDate(start, timeZone);
      const end = startOfDay(addDays(day, 1), timeZone);
      const rows = await selectComing(tx, { clinicId, professionalId, from: start, to: end });
      const moves = rows.map((row) => ({
        id: row.id,
        startAt: new Date(row.start_at.getTime() + minutes * 60_000),
        endAt: new Date(row.end_at.getTime() + minutes * 60_000),
      }));
      const leaves = ({ startAt, endAt }: { readonly startAt: Date; readonly endAt: Date }) =>
        toLocalDate(startAt, timeZone) !== day || (minutes > 0 && endAt > end);
      if (moves.some(leaves)) throw invalidField('minutes', 'leaves_the_day');
      const today = toLocalDate(new Date(), timeZone);
      const moved = await moveRows(tx, actor, rows, moves, 'shift', { together: true });
      return {
        items: moved.map(presentAppointmentSummary),
        messages: moved.map((row, index) =>
          writeShiftMessage({ name: clinic.name, today }, row, rows[index]?.local_start ?? ''),
        ),
      };
    });
  return takeTimes(db, actor, shift);
}

const isInstant = (time: string): boolean => time.endsWith('Z');
