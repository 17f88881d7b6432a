import type { Feature } from '../../feature.ts';
import { clientTables, registerRecords } from './client-tables.ts';
import { handOverClients } from './hand-over.ts';
import { registerClientRoutes } from './routes.ts';
import { foldClientCounts, indexWaitingClients } from './background.ts';
import { recountClients } from './count-queries.ts';
import { purgeBulkChanges } from './several/queries.ts';
import { describeRestoredGuardians, spellRestoredTags } from './restored-queries.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    client_created: 'client';
    client_read: 'client';
    client_updated: 'client';
    client_archived: 'client';
    client_restored: 'client';
    client_history_read: 'client';
    client_data_exported: 'client';
    client_contact_exported: 'client';
    clients_exported: undefined;
    /** The record is the professional who receives them. */
    clients_transferred: 'professional';
    /** The record is the professional who gets them back. */
    clients_returned: 'professional';
  }
}

/** The clients of a clinic and their history. */
export const clients: Feature = {
  name: 'clients',
  tables: [
    'clients',
    'client_versions',
    'client_words',
    'client_hand_overs',
    'client_bulk_changes',
    'client_counts',
    'client_count_changes',
  ],
  routes: registerClientRoutes,
  periodicTasks: ({ db }) => [
    {
      everySeconds: 1,
      run: (stopping) => indexWaitingClients(db, stopping),
      failure: { event: 'indexing_failed', message: 'imported clients wait for the search index' },
    },
    {
      everySeconds: 1,
      run: (stopping) => foldClientCounts(db, stopping),
      failure: { event: 'counting_failed', message: 'changes in the number of clients wait to be added up' },
    },
  ],
  handOver: handOverClients,
  clientRecords: registerRecords,
  clientTables,
  purges: { clientBulkChanges: purgeBulkChanges },
  // Restored rows fire no triggers, and archives of earlier releases hold neither counts, nor one spelling of tags, nor guardians
  // in what search looks at.
  afterRestore: async (tx) => {
    await spellRestoredTags(tx);
    await describeRestoredGuardians(tx);
    await recountClients(tx);
  },
  // Triggers write them again as clients come in.
  staysBehind: ['client_counts', 'client_count_changes', 'client_words'],
  opens: ['client_read', 'client_history_read', 'client_data_exported', 'client_contact_exported'],
  exposes: {
    client_read: ['registration', 'contact', 'clinical'],
    client_history_read: ['registration', 'contact', 'clinical'],
    client_data_exported: ['registration', 'contact', 'clinical', 'agenda', 'documents'],
    client_contact_exported: ['registration', 'contact'],
    client_created: ['registration', 'contact'],
    client_updated: ['registration', 'contact', 'clinical'],
    client_archived: ['registration'],
    client_restored: ['registration'],
    client_anonymized: ['registration', 'contact', 'clinical', 'agenda'],
    clients_exported: ['registration', 'contact', 'clinical'],
  },
  announces: ['client_created', 'client_updated', 'client_archived', 'client_restored'],
};
