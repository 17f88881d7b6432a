import { retry } from '../../../shared/retry.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { HandOver } from '../../feature.ts';
import type { Actor } from '../../http/actor.ts';
import { countComingOf, countHandedOver, selectHandedOver } from './hand-over-queries.ts';
import { moveRows } from './moving.ts';
import { type AppointmentRow, selectComing } from './queries.ts';
import { AgendaChanged } from './races.ts';

/** Why an appointment that came from somebody who left overlaps another one, as the clinic reads it. */
const handedOverReason = 'Veio da agenda de quem saiu';
/** The same of one that came back to somebody whose time is taken by then. */
const returnedReason = 'Voltou à agenda de quem o tinha';

/** Within the transaction: the second time, the agendas are locked. */
const again = <Done>(act: () => Promise<Done>): Promise<Done> =>
  retry(act, { attempts: 5, when: (error) => error instanceof AgendaChanged });

/** Gives appointments to a person. None is lost: one whose time is taken there overlaps it and says why. */
async function give(tx: Transaction, actor: Actor, rows: readonly AppointmentRow[], to: string, reason: string) {
  const moves = rows.map(({ id }) => ({
    id,
    professionalId: to,
    overlapReason: reason,
    allowClientOverlap: true,
  }));
  const moved = await moveRows(tx, actor, rows, moves, 'handOver', { mayOverlap: true });
  return { moved, overlapping: moved.filter((row) => row.overlap_reason === reason).length };
}

/** Gives the coming appointments of a person who leaves to a colleague. */
export const handOverAppointments: HandOver = (tx, actor, { from, to }) =>
  again(async () => {
    const rows = await selectComing(tx, { clinicId: actor.clinicId, professionalId: from, from: new Date(), to: null });
    if (to === null) return { appointments: { moved: 0, overlapping: 0, left: rows.length } };
    const { moved, overlapping } = await give(tx, actor, rows, to, handedOverReason);
    return { appointments: { moved: moved.length, overlapping, left: 0 } };
  });

interface ReturnedAppointments {
  readonly returned: number;
  readonly overlapping: number;
  /** The series that they belong to. */
  readonly seriesIds: readonly string[];
  /** Who had them. */
  readonly from: readonly string[];
}

/**
 * Gives a person back the coming appointments that were handed over, unless they were moved since. Takes rights for granted, and
 * that the person can have appointments.
 */
export const returnAppointments = (tx: Transaction, actor: Actor, to: string): Promise<ReturnedAppointments> =>
  again(async () => {
    const rows = await selectHandedOver(tx, actor.clinicId, to);
    const { moved, overlapping } = await give(tx, actor, rows, to, returnedReason);
    return {
      returned: moved.length,
      overlapping,
      seriesIds: [...new Set(rows.flatMap(({ series_id: id }) => id ?? []))],
      from: [...new Set(rows.map(({ professional_id: id }) => id))],
    };
  });

/** How many coming appointments a person has, and how many that were handed over could come back. */
export async function countAppointmentsOf(tx: Transaction, clinicId: string, professionalId: string) {
  const [coming, given] = await Promise.all([
    countComingOf(tx, clinicId, professionalId),
    countHandedOver(tx, clinicId, professionalId),
  ]);
  return { coming, given };
}
