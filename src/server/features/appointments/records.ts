import type { Appointment } from '../../../shared/contracts/agenda/appointments.ts';
import { retry } from '../../../shared/retry.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict } from '../../domain-error.ts';
import type { ClientRecords, HandOver } from '../../feature.ts';
import type { Actor } from '../../http/actor.ts';
import { listVersionsOf } from './history-queries.ts';
import { moveRows } from './moving.ts';
import { AgendaChanged } from './races.ts';
import { presentAppointment } from './presenter.ts';
import { selectComing } from './queries.ts';
import {
  anonymizeAppointments,
  countComing,
  giveAppointments,
  giveAppointmentsBack,
  listWholeAppointments,
  selectLatestEnd,
} from './records-queries.ts';

/** Throws client_has_appointments: an archived client would stand in the agenda and could not be called. */
async function refuseWithComing(tx: Transaction, clinicId: string, clientId: string): Promise<void> {
  const { count, next } = await countComing(tx, clinicId, clientId);
  if (count > 0) throw conflict('client_has_appointments', { appointments: count, next: next?.toISOString() ?? null });
}

const appointmentsPerTrip = 50;

async function* copyAppointments(db: Database, actor: Actor, clientId: string): AsyncGenerator<Appointment> {
  const { clinicId } = actor;
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await db.read(actor, (tx) =>
      listWholeAppointments(tx, { clinicId, clientId, after, limit: appointmentsPerTrip }),
    );
    const ids = rows.map(({ id }) => id);
    const versions = await db.read(actor, (tx) => listVersionsOf(tx, clinicId, ids));
    for (const row of rows)
      yield presentAppointment(
        row,
        versions.filter(({ appointment_id }) => appointment_id === row.id),
        true,
      );
    const last = rows.at(-1);
    if (last === undefined || rows.length < appointmentsPerTrip) return;
    after = last.id;
  }
}

/** What becomes of the appointments of clients. */
export const appointmentRecords: ClientRecords = {
  beforeArchiving: refuseWithComing,
  merge: (tx, actor, { mergeId, winnerId, loserId }) =>
    giveAppointments(tx, actor, { mergeId, fromId: loserId, toId: winnerId }),
  unmerge: (tx, actor, { mergeId, winnerId, loserId }) =>
    giveAppointmentsBack(tx, actor, { mergeId, fromId: winnerId, toId: loserId }),
  anonymize: (tx, _actor, clientIds) => anonymizeAppointments(tx, clientIds),
  findLatestEntry: selectLatestEnd,
  copies: { appointments: copyAppointments },
};

/** Why an appointment that came from somebody who left overlaps another one, as the clinic reads it. */
const handedOverReason = 'Veio da agenda de quem saiu';

/**
 * Gives the coming appointments of a person who leaves to a colleague. None is lost: one whose time is taken there overlaps it and
 * says why.
 */
export const handOverAppointments: HandOver = (tx, actor, people) =>
  // Within the transaction: the second time, the agendas are locked.
  retry(() => handOver(tx, actor, people), { attempts: 5, when: (error) => error instanceof AgendaChanged });

const handOver: HandOver = async (tx, actor, { from, to }) => {
  const rows = await selectComing(tx, { clinicId: actor.clinicId, professionalId: from, from: new Date(), to: null });
  if (to === null) return { appointments: { moved: 0, overlapping: 0, left: rows.length } };
  const moves = rows.map(({ id }) => ({
    id,
    professionalId: to,
    overlapReason: handedOverReason,
    allowClientOverlap: true,
  }));
  const moved = await moveRows(tx, actor, rows, moves, 'handOver', { mayOverlap: true });
  const overlapping = moved.filter(({ overlap_reason }) => overlap_reason === handedOverReason).length;
  return { appointments: { moved: moved.length, overlapping, left: 0 } };
};
