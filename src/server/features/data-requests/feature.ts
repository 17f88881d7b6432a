import type { Feature } from '../../feature.ts';
import { presentCopy } from './presenter.ts';
import { anonymizeRequests, listRequestsOf } from './queries.ts';
import { registerDataRequestRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    data_request_received: 'data_request';
    data_request_changed: 'data_request';
    data_request_answered: 'data_request';
  }
}

/** What people ask the clinic about their data (LGPD art. 18). */
export const dataRequests: Feature = {
  name: 'data-requests',
  tables: ['data_requests'],
  routes: registerDataRequestRoutes,
  clientRecords: {
    anonymize: (tx, { clinicId }, clientIds) => anonymizeRequests(tx, clinicId, clientIds),
    copies: {
      async *dataRequests(db, actor, clientId) {
        yield* (await db.read(actor, (tx) => listRequestsOf(tx, clientId))).map(presentCopy);
      },
    },
  },
  clientTables: {
    data_requests: {
      columns: ['client_id'],
      holds: 'What somebody asked about their data, and what was answered',
      merge: 'stays',
      undo: 'stays',
      copy: 'dataRequests',
      anonymize: { emptied: ['identified_by', 'answer'], replaced: ['version', 'updated_at'] },
      part: 'registration',
      history: 'trail',
      backup: 'whole',
    },
  },
};
