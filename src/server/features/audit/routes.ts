import type { RouteBinder } from '../../http/route.ts';
import type { RouteContext } from '../../feature.ts';
import { findQueue } from './event-queue.ts';
import { exportTrail, listTrail, listTrailFilters, listViewers } from './trail.ts';

type Context = Pick<RouteContext, 'db' | 'log' | 'contributions' | 'afterRequests'>;

export function registerAuditRoutes(route: RouteBinder, { db, log, contributions, afterRequests }: Context): void {
  const queue = findQueue(db);
  queue.onFailure = (error) => {
    log.warn({ event: 'events_not_written', err: error }, 'events of reads and refusals wait to be written');
  };
  afterRequests(() => queue.flush());

  route('GET /audit', async ({ actor, query }) => ({ body: await listTrail(db, actor, query) }));
  route('GET /audit/filters', async ({ actor }) => ({ body: await listTrailFilters(db, actor) }));
  route('GET /audit/export.csv', async ({ actor, query: { dialect, ...filters } }) => ({
    stream: await exportTrail(db, actor, filters, dialect),
    headers: { 'content-disposition': 'attachment; filename="auditoria.csv"' },
  }));
  route('GET /clients/{id}/viewers', async ({ actor, params, query }) => ({
    body: await listViewers(db, actor, params.id, query, contributions.opening),
  }));
}
