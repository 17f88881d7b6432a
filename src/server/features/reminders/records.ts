import type { ClientRecords } from '../../feature.ts';
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
