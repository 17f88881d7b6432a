import type { ClientRecords } from '../../feature.ts';
import { deleteWishesOf, giveWishes, giveWishesBack } from './records-queries.ts';
import { listWishesOf } from './service.ts';

/** What becomes of the wishes of clients. */
export const wishRecords: ClientRecords = {
  merge: (tx, { clinicId }, merge) => giveWishes(tx, clinicId, merge),
  unmerge: (tx, { clinicId }, merge) => giveWishesBack(tx, clinicId, merge),
  anonymize: (tx, { clinicId }, clientIds) => deleteWishesOf(tx, clinicId, clientIds),
  copies: {
    async *waitingList(db, actor, clientId) {
      yield* await listWishesOf(db, actor, clientId);
    },
  },
};
