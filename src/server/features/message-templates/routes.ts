import type { Database } from '../../db/transaction.ts';
import { writeCreatedHeaders } from '../../http/created.ts';
import { paginateShortList, placeById } from '../../http/page.ts';
import type { RouteBinder } from '../../http/route.ts';
import { addTemplate, changeTemplate, deleteTemplate, listTemplates } from './service.ts';

export function registerMessageTemplateRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('GET /message-templates', async ({ actor, query }) => {
    const items = await listTemplates(db, actor);
    return { body: paginateShortList({ name: ['message-templates'], items, placeOf: placeById }, query) };
  });
  route('POST /message-templates', async ({ actor, body, idempotencyKey }) => {
    const { replayed, ...added } = await addTemplate(db, actor, body, idempotencyKey);
    return { ...added, headers: writeCreatedHeaders(`/message-templates/${added.body.id}`, replayed) };
  });
  route('PATCH /message-templates/{id}', ({ actor, params, matches, body }) =>
    changeTemplate(db, actor, params.id, matches, body),
  );
  route('DELETE /message-templates/{id}', async ({ actor, params, matches }) => {
    await deleteTemplate(db, actor, params.id, matches);
    return {};
  });
}
