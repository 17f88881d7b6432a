import type { Database } from '../../db/transaction.ts';
import { writeCreatedHeaders } from '../../http/created.ts';
import type { RouteBinder } from '../../http/route.ts';
import { changeSeries } from './changes.ts';
import { createSeries, getSeries } from './service.ts';

export function registerSeriesRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('POST /series', async ({ actor, body, idempotencyKey }) => {
    const created = await createSeries(db, actor, body, idempotencyKey);
    if (created.dates !== undefined) return { body: { dates: [...created.dates] }, status: 200 };
    const { replayed, ...answer } = created;
    return { ...answer, headers: writeCreatedHeaders(`/series/${answer.body.id}`, replayed) };
  });
  route('GET /series/{id}', ({ actor, params }) => getSeries(db, actor, params.id));
  route('PATCH /series/{id}', ({ actor, params, matches, body }) => changeSeries(db, actor, params.id, matches, body));
}
