import type { ClientRecords } from '../../feature.ts';
import { presentCopy } from './presenter.ts';
import { anonymizeConsents, listConsentRows, selectLatestRecording } from './queries.ts';

/**
 * What becomes of consents. Merging moves nothing: they are read for a client and the records merged into it, so that undoing a
 * merge needs nothing either.
 */
export const consentRecords: ClientRecords = {
  anonymize: (tx, _actor, clientIds) => anonymizeConsents(tx, clientIds),
  findLatestEntry: selectLatestRecording,
  copies: {
    async *consents(db, actor, clientId) {
      const rows = await db.read(actor, (tx) => listConsentRows(tx, clientId));
      yield* rows.map(presentCopy);
    },
  },
};
