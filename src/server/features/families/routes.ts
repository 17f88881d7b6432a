import type { Database } from '../../db/transaction.ts';
import { writeCreatedHeaders } from '../../http/created.ts';
import { paginateShortList, placeById } from '../../http/page.ts';
import type { RouteBinder } from '../../http/route.ts';
import { linkRelative, listRelatives, unlinkRelative } from './service.ts';

export function registerRelativeRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('GET /clients/{id}/relatives', async ({ actor, params, query }) => {
    const items = await listRelatives(db, actor, params.id);
    return { body: paginateShortList({ name: ['relatives', params.id], items, placeOf: placeById }, query) };
  });
  route('POST /clients/{id}/relatives', async ({ actor, params, body, idempotencyKey }) => {
    const { replayed, ...created } = await linkRelative(db, actor, params.id, body, idempotencyKey);
    return { ...created, headers: writeCreatedHeaders(`/clients/${params.id}/relatives/${created.body.id}`, replayed) };
  });
  route('DELETE /clients/{id}/relatives/{linkId}', async ({ actor, params }) => {
    await unlinkRelative(db, actor, params.id, params.linkId);
    return {};
  });
}
