import type { ClientRecords, Feature } from '../../feature.ts';
import { deleteNamed, listStoredRows } from './records-queries.ts';

/** What becomes of what imports keep about clients. Files and refused rows are not taken apart: they go by themselves. */
export const importRecords: ClientRecords = {
  anonymize: (tx, { clinicId }, clientIds) => deleteNamed(tx, clinicId, clientIds),
  remains: async (tx, clinicId) =>
    (await listStoredRows(tx, clinicId)).map(({ what, rows, until }) => ({
      what,
      rows,
      until,
      law: 'LGPD, art. 16, I',
    })),
};

export const importTables: NonNullable<Feature['clientTables']> = {
  imports: {
    columns: ['sample'],
    holds: 'Of each import, some of the changes that it made',
    merge: 'stays',
    undo: 'stays',
    copy: { not: 'the changes are in the history' },
    anonymize: { emptied: ['sample'], replaced: ['sample'] },
    part: 'registration',
    history: 'none: written once',
    backup: 'whole',
  },
  import_rejects: {
    columns: ['client_id'],
    holds: 'Rows that were not taken, for 30 days',
    merge: 'stays',
    undo: 'stays',
    copy: { not: 'rows of a file that did not become data of the person' },
    anonymize: 'deleted',
    part: 'registration',
    history: 'none: written once',
    backup: 'whole',
  },
};
