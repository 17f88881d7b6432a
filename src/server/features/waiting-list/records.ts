import type { ClientRecords, Feature } from '../../feature.ts';
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

export const wishTables: NonNullable<Feature['clientTables']> = {
  waiting_wishes: {
    columns: ['client_id'],
    holds: 'Which time somebody waits for',
    merge: 'given',
    undo: 'given back',
    copy: 'waitingList',
    anonymize: 'deleted',
    part: 'registration',
    history: 'trail',
    backup: 'whole',
  },
};
