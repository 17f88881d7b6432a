import type { ClientRecords } from '../../feature.ts';
import { anonymizePackages, givePackages, givePackagesBack } from './records-queries.ts';
import { listPackagesOf } from './service.ts';

/** What becomes of the packages of clients. */
export const packageRecords: ClientRecords = {
  merge: (tx, { clinicId }, merge) => givePackages(tx, clinicId, merge),
  unmerge: (tx, { clinicId }, merge) => givePackagesBack(tx, clinicId, merge),
  anonymize: (tx, { clinicId }, clientIds) => anonymizePackages(tx, clinicId, clientIds),
  copies: {
    async *sessionPackages(db, actor, clientId) {
      yield* await listPackagesOf(db, actor, clientId);
    },
  },
};
