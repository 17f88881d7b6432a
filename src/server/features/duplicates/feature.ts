import type { Feature } from '../../feature.ts';
import { registerDuplicateRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    client_merged: 'client';
    client_unmerged: 'client';
    duplicate_dismissed: 'dismissal';
    duplicate_dismissal_withdrawn: 'dismissal';
  }
}

/** Finds records that may be one person, merges them, and undoes merges. */
export const duplicates: Feature = {
  name: 'duplicates',
  tables: ['client_merges', 'duplicate_dismissals'],
  routes: registerDuplicateRoutes,
  exposes: {
    client_merged: ['registration', 'contact', 'clinical'],
    client_unmerged: ['registration', 'contact', 'clinical'],
  },
  announces: ['client_merged', 'client_unmerged'],
};
