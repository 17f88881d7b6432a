import { definitionOf, fieldNames } from '../../../shared/client-fields.ts';
import type { ClientRecords, Feature } from '../../feature.ts';
import { countClinicalEntries } from './kept-queries.ts';

const columnsThatBecome = (wanted: 'replaced' | undefined): string[] =>
  fieldNames
    .map(definitionOf)
    .filter(({ anonymized }) => anonymized === wanted)
    .map(({ column }) => column);

/** What becomes of what the register holds about clients. */
export const clientTables: NonNullable<Feature['clientTables']> = {
  clients: {
    columns: ['id'],
    holds: 'Who somebody is, how to reach them, notes',
    merge: 'stays',
    undo: 'given back',
    copy: 'client',
    anonymize: {
      emptied: columnsThatBecome(undefined),
      replaced: [
        ...columnsThatBecome('replaced'),
        ...['phone_shared', 'full_name', 'search_text', 'facets', 'archived_at', 'version', 'updated_at'],
      ],
    },
    part: 'registration',
    history: 'client_versions',
    backup: 'whole',
  },
  client_versions: {
    columns: ['client_id'],
    holds: 'Each change of a client: who, when, from what to what',
    merge: 'stays',
    undo: 'stays',
    copy: 'history',
    anonymize: { emptied: ['changes'] },
    part: 'registration',
    history: 'is the history',
    backup: 'whole',
  },
  client_hand_overs: {
    columns: ['client_ids'],
    holds: 'Whose clients were given to whom, by ids',
    merge: 'stays',
    undo: 'stays',
    copy: { not: 'ids alone; the change of the professional is in the history' },
    anonymize: 'kept',
    part: 'registration',
    history: 'none: written once',
    backup: 'whole',
  },
  client_bulk_changes: {
    columns: ['client_ids'],
    holds: 'Which versions a change of several clients made, for an hour',
    merge: 'stays',
    undo: 'stays',
    copy: { not: 'ids alone; the changes are in the history' },
    anonymize: 'kept',
    part: 'registration',
    history: 'none: written once',
    backup: 'whole',
  },
};

/** Clinical fields are kept as long as the law asks. */
export const registerRecords: ClientRecords = {
  countKept: async (tx, clinicId, clientIds) => ({
    part: 'clinical',
    ...(await countClinicalEntries(tx, clinicId, clientIds)),
  }),
};
