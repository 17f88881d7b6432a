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
  clientTables: {
    client_merges: {
      columns: ['winner_id', 'loser_id'],
      holds: 'Which record was merged into which, by ids',
      merge: 'stays',
      undo: 'stays',
      copy: 'history',
      anonymize: 'kept',
      part: 'registration',
      history: 'none: a merge and its undoing are one row',
      backup: 'whole',
    },
    duplicate_dismissals: {
      columns: ['first_id', 'second_id'],
      holds: 'Who was found not to be the same person, by ids',
      merge: 'stays',
      undo: 'stays',
      copy: { not: 'it tells about another person' },
      anonymize: 'kept',
      part: 'registration',
      history: 'none: written once, deleted when withdrawn',
      backup: 'whole',
    },
  },
  exposes: {
    client_merged: ['registration', 'contact', 'clinical'],
    client_unmerged: ['registration', 'contact', 'clinical'],
  },
  announces: ['client_merged', 'client_unmerged'],
};
