import type { Feature } from '../../feature.ts';
import { runJob } from '../../jobs/definition.ts';
import { noticeJob } from './notice-job.ts';
import { endEveryAccess, forgetReasons } from './queries.ts';
import { registerEmergencyRoutes } from './routes.ts';
import { sendNotice } from './send-notice.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    /** Somebody looked for a colleague's client by the whole document or phone; without a record nobody was found. */
    emergency_looked_up: 'client';
    emergency_opened: 'client';
    emergency_reviewed: 'client';
  }
}

/** Clients of colleagues, opened for some hours. What that lends is looked up at every request (app.standing_of). */
export const emergencies: Feature = {
  name: 'emergencies',
  tables: ['emergency_accesses'],
  routes: registerEmergencyRoutes,
  jobs: (context) => [runJob(noticeJob, ({ accessId }) => sendNotice(context, accessId))],
  // A client who was merged into another one is followed by app.standing_of, so that merging changes nothing here.
  clientRecords: { anonymize: (tx, { clinicId }, clientIds) => forgetReasons(tx, clinicId, clientIds) },
  clientTables: {
    emergency_accesses: {
      columns: ['client_id'],
      holds: 'Who opened a colleague’s client in an emergency, when, why, and who reviewed it',
      merge: 'stays',
      undo: 'stays',
      copy: { not: 'it tells about the people who work in the clinic; who saw a client is in the trail' },
      anonymize: { replaced: ['reason'] },
      part: 'registration',
      history: 'none: written once, reviewed once',
      backup: 'whole',
    },
  },
  afterRestore: endEveryAccess,
  announces: ['emergency_opened', 'emergency_reviewed'],
  opens: ['emergency_looked_up', 'emergency_opened'],
};
