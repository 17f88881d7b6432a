import type { ClientRecords } from '../../feature.ts';
import { deleteLinksOf, giveLinks, giveLinksBack } from './records-queries.ts';
import { copyRelatives } from './service.ts';

/** What becomes of the family of clients. */
export const familyRecords: ClientRecords = {
  merge: (tx, { clinicId }, merge) => giveLinks(tx, clinicId, merge),
  unmerge: (tx, { clinicId }, merge) => giveLinksBack(tx, clinicId, merge),
  anonymize: (tx, { clinicId }, clientIds) => deleteLinksOf(tx, clinicId, clientIds),
  copies: {
    async *relatives(db, actor, clientId) {
      yield* await copyRelatives(db, actor, clientId);
    },
  },
};
