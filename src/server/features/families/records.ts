import type { RelativeCopy } from '../../../shared/contracts/relatives.ts';
import type { ClientRecords, Feature } from '../../feature.ts';
import { deleteLinksOf, giveLinks, giveLinksBack } from './records-queries.ts';
import { copyRelatives } from './service.ts';

/** What becomes of the family of clients. */
export const familyRecords: ClientRecords = {
  merge: (tx, { clinicId }, merge) => giveLinks(tx, clinicId, merge),
  unmerge: (tx, { clinicId }, merge) => giveLinksBack(tx, clinicId, merge),
  anonymize: (tx, { clinicId }, clientIds) => deleteLinksOf(tx, clinicId, clientIds),
  // Who the relatives are is about them. Whose relative somebody is, is about both.
  apart: {
    relatives: ({ kind, createdAt }: RelativeCopy) => ({
      reason: 'third_parties',
      kept: { kind, name: null, createdAt },
    }),
  },
  copies: {
    async *relatives(db, actor, clientId) {
      yield* await copyRelatives(db, actor, clientId);
    },
  },
};

export const familyTables: NonNullable<Feature['clientTables']> = {
  client_links: {
    columns: ['client_id', 'relative_id'],
    holds: 'Who is family of whom',
    merge: 'given',
    undo: 'given back',
    copy: 'relatives',
    anonymize: 'deleted',
    part: 'registration',
    history: 'trail',
    backup: 'whole',
  },
};
