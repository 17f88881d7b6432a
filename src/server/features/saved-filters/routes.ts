import type { Database } from '../../db/transaction.ts';
import { paginateShortList, placeById } from '../../http/page.ts';
import type { RouteBinder } from '../../http/route.ts';
import { forgetFilter, listOwnFilters, saveFilter } from './service.ts';

export function registerSavedFilterRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('GET /saved-filters', async ({ actor, query }) => {
    const items = await listOwnFilters(db, actor);
    return {
      body: paginateShortList({ name: ['saved-filters', actor.professionalId], items, placeOf: placeById }, query),
    };
  });
  route('POST /saved-filters', async ({ actor, body }) => ({ body: await saveFilter(db, actor, body) }));
  route('DELETE /saved-filters/{id}', async ({ actor, params }) => {
    await forgetFilter(db, actor, params.id);
    return {};
  });
}
