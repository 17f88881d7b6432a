import type { Database } from '../../db/transaction.ts';
import { writeCreatedHeaders } from '../../http/created.ts';
import { paginateShortList, placeById } from '../../http/page.ts';
import type { RouteBinder } from '../../http/route.ts';
import { createCovering, listAllCoverings, removeCovering } from './service.ts';

export function registerCoveringRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('GET /coverings', async ({ actor, query }) => {
    const list = { name: ['coverings'], items: await listAllCoverings(db, actor), placeOf: placeById };
    return { body: paginateShortList(list, query) };
  });
  route('POST /coverings', async ({ actor, body, idempotencyKey }) => {
    const { replayed, ...created } = await createCovering(db, actor, body, idempotencyKey);
    return { ...created, headers: writeCreatedHeaders('/coverings', replayed) };
  });
  route('DELETE /coverings/{id}', async ({ actor, params }) => {
    await removeCovering(db, actor, params.id);
    return {};
  });
}
