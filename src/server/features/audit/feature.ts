import type { Feature } from '../../feature.ts';
import { sealEvents } from './service.ts';

/** The audit trail: who did what, chained by hashes. */
export const audit: Feature = {
  name: 'audit',
  tables: ['audit_events', 'audit_seals'],
  periodicTasks: ({ db }) => {
    let swept = false;
    const seal = async (): Promise<void> => {
      await sealEvents(db, swept ? 'recent' : 'all');
      swept = true;
    };
    return [
      {
        everySeconds: 2,
        run: seal,
        failure: { event: 'sealing_failed', message: 'audit events wait for their seal' },
      },
    ];
  },
};
