import type { FastifyInstance } from 'fastify';
import type { RouteContext } from '../../feature.ts';
import { notFound } from '../../domain-error.ts';
import { writeCreatedHeaders } from '../../http/created.ts';
import { isUnchanged } from '../../http/etag.ts';
import type { RouteBinder } from '../../http/route.ts';
import { createFeed, type FeedDependencies, listOwnFeeds, readCalendar, revokeFeed } from './service.ts';

export function registerCalendarFeedRoutes(route: RouteBinder, deps: FeedDependencies): void {
  route('GET /calendar-feeds', async ({ actor, query }) => ({ body: await listOwnFeeds(deps, actor, query) }));
  route('POST /calendar-feeds', async ({ actor, body, idempotencyKey }) => {
    const { replayed, ...created } = await createFeed(deps, actor, body, idempotencyKey);
    return { ...created, headers: writeCreatedHeaders(`/calendar-feeds/${created.body.id}`, replayed) };
  });
  route('DELETE /calendar-feeds/{id}', async ({ actor, params }) => {
    await revokeFeed(deps, actor, params.id);
    return {};
  });
}

/** `GET /calendar/{token}.ics`: calendar programs know no session, so the address itself is the secret. */
export function registerCalendar(app: FastifyInstance, deps: RouteContext): void {
  app.get<{ Params: { file: string } }>('/calendar/:file', async (request, reply) => {
    const token = /^(.+)\.ics$/.exec(request.params.file)?.[1];
    if (token === undefined) throw notFound();
    const { etag, write } = await deps.strangers.pages.run(() => readCalendar(deps, token, request.clientAddress));
    void reply.headers({ etag, 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex, nofollow' });
    if (isUnchanged(request.headers['if-none-match'], etag)) return reply.code(304).send();
    return reply.type('text/calendar; charset=utf-8').send(write());
  });
}
