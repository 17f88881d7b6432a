import type { Feature } from '../../feature.ts';
import { wishRecords, wishTables } from './records.ts';
import { registerWaitingListRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    wish_added: 'wish';
    wish_changed: 'wish';
    wish_removed: 'wish';
  }
}

/** Who wants a time that is not free, and who could have one that became free. */
export const waitingList: Feature = {
  name: 'waiting-list',
  tables: ['waiting_wishes'],
  routes: registerWaitingListRoutes,
  clientRecords: wishRecords,
  clientTables: wishTables,
  exposes: { wish_added: ['agenda'], wish_changed: ['agenda'], wish_removed: ['agenda'] },
  ofClients: { wish: 'waiting_wishes' },
  announces: ['wish_added', 'wish_changed', 'wish_removed'],
};
