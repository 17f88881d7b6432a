import type { Database } from '../../db/transaction.ts';
import { writeCreatedHeaders } from '../../http/created.ts';
import { paginateShortList, placeById } from '../../http/page.ts';
import type { RouteBinder } from '../../http/route.ts';
import { addTag, changeTag, deleteTag, listTags, mergeTags } from './service.ts';

export function registerTagRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('GET /tags', async ({ actor, query }) => {
    const items = await listTags(db, actor);
    return { body: paginateShortList({ name: ['tags'], items, placeOf: placeById }, query) };
  });
  route('POST /tags', async ({ actor, body, idempotencyKey }) => {
    const { replayed, ...added } = await addTag(db, actor, body, idempotencyKey);
    return { ...added, headers: writeCreatedHeaders(`/tags/${added.body.id}`, replayed) };
  });
  route('PATCH /tags/{id}', ({ actor, params, matches, body }) => changeTag(db, actor, params.id, matches, body));
  route('POST /tags/{id}/merge', ({ actor, params, body }) => mergeTags(db, actor, params.id, body.into));
  route('DELETE /tags/{id}', async ({ actor, params, matches }) => {
    await deleteTag(db, actor, params.id, matches);
    return {};
  });
}
