import type { Feature } from '../../feature.ts';
import { purge } from './api.ts';

/** Runs the purges of all features every hour. */
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
