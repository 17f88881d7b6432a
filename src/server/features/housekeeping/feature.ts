import type { Feature } from '../../feature.ts';
import { purge } from './api.ts';

/** Deletes what has outlived its use; what that is, each feature says itself. */
export const housekeeping: Feature = {
  name: 'housekeeping',
  tables: [],
  periodicTasks: ({ db, contributions }) => [
    {
      everySeconds: 3600,
      run: () => purge(db, contributions.purges),
      failure: { event: 'purge_failed', message: 'outlived rows stay for another hour' },
    },
  ],
};
