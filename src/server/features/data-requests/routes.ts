import { writeCreatedHeaders } from '../../http/created.ts';
import type { RouteBinder } from '../../http/route.ts';
import type { Database } from '../../db/transaction.ts';
import { addDataRequest, changeDataRequest, getDataRequest, listDataRequests } from './service.ts';

export function registerDataRequestRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('GET /data-requests', async ({ actor, query }) => ({ body: await listDataRequests(db, actor, query) }));
  route('POST /data-requests', async ({ actor, body, idempotencyKey }) => {
    const { replayed, ...created } = await addDataRequest(db, actor, body, idempotencyKey);
    return { ...created, headers: writeCreatedHeaders(`/data-requests/${created.body.id}`, replayed) };
  });
  route('GET /data-requests/{id}', ({ actor, params }) => getDataRequest(db, actor, params.id));
  route('PATCH /data-requests/{id}', ({ actor, params, matches, body }) =>
    changeDataRequest(db, actor, params.id, matches, body),
  );
}
