import type { Feature } from '../../feature.ts';
import { recordEvents } from '../audit/api.ts';
import { endCoveringsOf, endEveryCovering, forgetReasons } from './queries.ts';
import { registerCoveringRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    covering_created: 'covering';
    covering_ended: 'covering';
  }
}

/** Who stands in for whom. What it lends is looked up at every request (app.standing_of), so no job ends it. */
export const coverings: Feature = {
  name: 'coverings',
  tables: ['coverings', 'covering_clients'],
  routes: registerCoveringRoutes,
  // Whoever leaves covers nobody, and their clients are somebody else's.
  handOver: async (tx, actor, { from }) => {
    const ended = await endCoveringsOf(tx, from, actor.professionalId);
    await recordEvents(
      tx,
      actor,
      ended.map(({ id }) => ({ action: 'covering_ended', recordType: 'covering', recordId: id })),
    );
    return {};
  },
  // A client who was merged into another one is followed by app.standing_of, so that merging changes nothing here.
  clientRecords: { anonymize: (tx, { clinicId }, clientIds) => forgetReasons(tx, clinicId, clientIds) },
  clientTables: {
    covering_clients: {
      columns: ['client_id'],
      holds: 'Clients whom a covering names, by ids',
      merge: 'stays',
      undo: 'stays',
      copy: { not: 'it tells about the people who work in the clinic' },
      anonymize: 'kept',
      part: 'registration',
      history: 'none: written once',
      backup: 'whole',
    },
  },
  // What had been ended early would lend again.
  afterRestore: endEveryCovering,
  announces: ['covering_created', 'covering_ended'],
};
