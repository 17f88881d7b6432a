import type { Appointment } from '../../../shared/contracts/agenda/appointments.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict } from '../../domain-error.ts';
import type { ClientRecords, Feature } from '../../feature.ts';
import type { Actor } from '../../http/actor.ts';
import { listVersionsOf } from './history-queries.ts';
import { presentAppointment } from './presenter.ts';
import {
  anonymizeAppointments,
  countComing,
  countVisits,
  giveAppointments,
  giveAppointmentsBack,
  listWholeAppointments,
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
        // The copy has the client beside the appointments.
        { notes: true, client: false },
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
  countKept: countVisits,
  copies: { appointments: copyAppointments },
};

export const appointmentTables: NonNullable<Feature['clientTables']> = {
  appointments: {
    columns: ['client_id'],
    holds: 'Who comes when, to whom, what became of it, notes',
    merge: 'given',
    undo: 'given back',
    copy: 'appointments',
    anonymize: {
      emptied: ['title', 'location', 'notes', 'cancel_reason'],
      replaced: ['overlap_reason', 'version', 'updated_at'],
    },
    part: 'clinical',
    history: 'appointment_versions',
    backup: 'whole',
  },
  appointment_versions: {
    columns: ['appointment_id'],
    of: 'appointments',
    holds: 'Each change of an appointment: who, when, from what to what',
    merge: 'follows',
    undo: 'follows',
    copy: 'appointments',
    anonymize: { emptied: ['changes'], replaced: ['changes'] },
    part: 'clinical',
    history: 'is the history',
    backup: 'whole',
  },
};
