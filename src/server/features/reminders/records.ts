import type { ClientRecords, Feature } from '../../feature.ts';
import { revokeLinksOf } from './link-queries.ts';
import { listChoices } from './preference-queries.ts';

/**
 * What becomes of links and choices of clients. Merging needs nothing: of records merged into one another the latest choice counts,
 * and links belong to appointments.
 */
export const reminderRecords: ClientRecords = {
  anonymize: (tx, { clinicId }, clientIds) => revokeLinksOf(tx, clinicId, clientIds),
  copies: {
    async *reminders(db, actor, clientId) {
      yield* await db.read(actor, (tx) => listChoices(tx, clientId));
    },
  },
};

export const reminderTables: NonNullable<Feature['clientTables']> = {
  reminder_preferences: {
    columns: ['client_id'],
    holds: 'Whether somebody wants reminders',
    merge: 'stays',
    undo: 'stays',
    copy: 'reminders',
    anonymize: 'kept',
    part: 'registration',
    history: 'trail',
    backup: 'whole',
  },
  appointment_reminders: {
    columns: ['appointment_id'],
    of: 'appointments',
    holds: 'Which reminder was sent when',
    merge: 'follows',
    undo: 'follows',
    copy: { not: 'times of mails without content, kept for three months' },
    anonymize: 'kept',
    part: 'registration',
    history: 'none: written once',
    backup: 'whole',
  },
  confirmation_links: {
    columns: ['appointment_id'],
    of: 'appointments',
    holds: 'Links by which an appointment is answered',
    merge: 'follows',
    undo: 'follows',
    copy: { not: 'the answer is in the appointment; the link is a key' },
    anonymize: { replaced: ['revoked_at'] },
    part: 'registration',
    history: 'trail',
    backup: 'whole',
  },
};
