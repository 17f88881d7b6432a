import type { Feature } from '../../feature.ts';
import { familyRecords, familyTables } from './records.ts';
import { registerRelativeRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    /** Each of the two clients has an event. */
    client_linked: 'client';
    client_unlinked: 'client';
  }
}

/** Clients who are family of one another. */
export const families: Feature = {
  name: 'families',
  tables: ['client_links'],
  routes: registerRelativeRoutes,
  clientRecords: familyRecords,
  clientTables: familyTables,
  exposes: { client_linked: ['registration'], client_unlinked: ['registration'] },
  announces: ['client_linked', 'client_unlinked'],
};
