import type { Database } from '../../db/transaction.ts';
import { writeCreatedHeaders } from '../../http/created.ts';
import type { RouteBinder } from '../../http/route.ts';
import { addWish, changeWish, findMatches, listWaiting, removeWish } from './service.ts';

export function registerWaitingListRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('GET /waiting-list', async ({ actor, query }) => ({ body: await listWaiting(db, actor, query) }));
  route('POST /waiting-list', async ({ actor, body, idempotencyKey }) => {
    const { replayed, ...created } = await addWish(db, actor, body, idempotencyKey);
    return { ...created, headers: writeCreatedHeaders(`/waiting-list/${created.body.id}`, replayed) };
  });
  route('PATCH /waiting-list/{id}', ({ actor, params, matches, body }) =>
    changeWish(db, actor, params.id, matches, body),
  );
  route('DELETE /waiting-list/{id}', async ({ actor, params, matches }) => {
    await removeWish(db, actor, params.id, matches);
    return {};
  });
  route('GET /waiting-list/matches', async ({ actor, query }) => ({
    body: await findMatches(db, actor, query.appointmentId),
  }));
}
