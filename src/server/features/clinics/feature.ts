import type { Feature } from '../../feature.ts';
import { endImportedEntries } from './entry-queries.ts';
import { registerClinicRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    clinic_created: 'professional';
    superuser_created: 'professional';
    clinic_changed: 'clinic';
    clinic_renamed: 'clinic';
    clinic_suspended: 'clinic';
    clinic_resumed: 'clinic';
    clinic_limited: 'clinic';
    clinic_exported: 'clinic';
    clinic_imported: 'clinic';
    clinic_deletion_planned: 'clinic';
    clinic_deletion_taken_back: 'clinic';
    host_entered: 'host_entry';
    host_entry_ended: 'host_entry';
  }
}

/** Clinics, which the host's operator creates, and their settings; the host's desk. */
export const clinics: Feature = {
  name: 'clinics',
  tables: ['clinics', 'host_entries', 'host_events'],
  routes: registerClinicRoutes,
  afterClinicImport: endImportedEntries,
  announces: ['clinic_changed', 'host_entered', 'host_entry_ended'],
};
