import type { ClientRecords, Feature } from '../../feature.ts';
import { presentCopy } from './presenter.ts';
import { anonymizeConsents, listConsentRows, countRecordings } from './queries.ts';

/**
 * What becomes of consents. Merging moves nothing: they are read for a client and the records merged into it, so that undoing a
 * merge needs nothing either.
 */
export const consentRecords: ClientRecords = {
  anonymize: (tx, _actor, clientIds) => anonymizeConsents(tx, clientIds),
  countKept: async (tx, clinicId, clientIds) => ({
    part: 'clinical',
    ...(await countRecordings(tx, clinicId, clientIds)),
  }),
  copies: {
    async *consents(db, actor, clientId) {
      const rows = await db.read(actor, (tx) => listConsentRows(tx, clientId));
      yield* rows.map(presentCopy);
    },
  },
};

export const consentTables: NonNullable<Feature['clientTables']> = {
  consents: {
    columns: ['client_id'],
    holds: 'What the client or a guardian answered to which text, when and how',
    merge: 'stays',
    undo: 'stays',
    copy: 'consents',
    anonymize: { emptied: ['guardian_name'] },
    part: 'clinical',
    history: 'none: never changed',
    backup: 'whole',
  },
  consent_withdrawals: {
    columns: ['consent_id'],
    of: 'consents',
    holds: 'When and how a consent was withdrawn, and by whom',
    merge: 'follows',
    undo: 'follows',
    copy: 'consents',
    anonymize: { emptied: ['guardian_name'] },
    part: 'clinical',
    history: 'none: never changed',
    backup: 'whole',
  },
};
