import type { ClientRecords, Feature } from '../../feature.ts';
import { anonymizePackages, countKeptPackages, givePackages, givePackagesBack } from './records-queries.ts';
import { listPackagesOf } from './service.ts';

/** What becomes of the packages of clients. */
export const packageRecords: ClientRecords = {
  merge: (tx, { clinicId }, merge) => givePackages(tx, clinicId, merge),
  unmerge: (tx, { clinicId }, merge) => givePackagesBack(tx, clinicId, merge),
  anonymize: (tx, { clinicId }, clientIds) => anonymizePackages(tx, clinicId, clientIds),
  countKept: (tx, clinicId, clientIds) => countKeptPackages(tx, clinicId, clientIds),
  copies: {
    async *sessionPackages(db, actor, clientId) {
      yield* await listPackagesOf(db, actor, clientId);
    },
  },
};

export const packageTables: NonNullable<Feature['clientTables']> = {
  session_packages: {
    columns: ['client_id'],
    holds: 'How many sessions were agreed on',
    merge: 'given',
    undo: 'given back',
    copy: 'sessionPackages',
    anonymize: { emptied: ['name'], replaced: ['version', 'updated_at'] },
    part: 'money',
    history: 'trail',
    backup: 'whole',
  },
};
