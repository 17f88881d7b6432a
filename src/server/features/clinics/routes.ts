import type { Database } from '../../db/transaction.ts';
import { paginateShortList, placeById } from '../../http/page.ts';
import type { RouteBinder } from '../../http/route.ts';
import { endHostEntry, listHostEntries } from './entries.ts';
import { changeClinic, getClinic } from './settings.ts';

export function registerClinicRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('GET /clinic', ({ actor }) => getClinic(db, actor));
  route('GET /host-entries', async ({ actor, query }) => {
    const items = await listHostEntries(db, actor);
    return { body: paginateShortList({ name: ['host-entries'], items, placeOf: placeById }, query) };
  });
  route('POST /host-entries/{id}/end', async ({ actor, params }) => ({
    body: await endHostEntry(db, actor, params.id),
  }));
  route('PATCH /clinic', ({ actor, matches, body }) => changeClinic(db, actor, matches, body));
}
