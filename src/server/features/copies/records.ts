import type { ClientRecords, Feature } from '../../feature.ts';
import { revokeCopiesOf } from './queries.ts';

/** A copy would tell who an anonymous client was. */
export const copyRecords: ClientRecords = {
  anonymize: (tx, { clinicId }, clientIds) => revokeCopiesOf(tx, clinicId, clientIds),
};

export const copyTables: NonNullable<Feature['clientTables']> = {
  client_copies: {
    columns: ['client_id'],
    holds: 'Which copies of their data somebody was given, when, by whom',
    merge: 'stays',
    undo: 'stays',
    copy: { not: 'it tells about copies, not about the person' },
    anonymize: { replaced: ['expires_at'] },
    part: 'registration',
    history: 'trail',
    backup: 'whole',
  },
  client_copy_parts: {
    columns: ['copy_id'],
    of: 'client_copies',
    holds: 'The copies themselves, until they are fetched, for three days at most',
    merge: 'follows',
    undo: 'follows',
    copy: { not: 'it is the copy' },
    anonymize: 'deleted',
    part: 'registration',
    history: 'none: written once',
    backup: 'left out',
  },
};
