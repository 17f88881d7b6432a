import type { Database } from '../../db/transaction.ts';
import { writeCreatedHeaders } from '../../http/created.ts';
import { paginateShortList, placeById } from '../../http/page.ts';
import type { RouteBinder } from '../../http/route.ts';
import { listConsents, listRefusals, recordConsent, withdrawConsent } from './consents.ts';
import { addText, listTexts } from './texts.ts';

export function registerConsentRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('GET /consent-texts', async ({ actor, query }) => {
    const items = await listTexts(db, actor);
    return { body: paginateShortList({ name: ['consent-texts'], items, placeOf: placeById }, query) };
  });
  route('POST /consent-texts', async ({ actor, body, idempotencyKey }) => {
    const { replayed, ...added } = await addText(db, actor, body, idempotencyKey);
    return { ...added, headers: writeCreatedHeaders(`/consent-texts/${added.body.id}`, replayed) };
  });
  route('GET /clients/{id}/consents', async ({ actor, params, query }) => {
    const { items, standing } = await listConsents(db, actor, params.id);
    return {
      body: { ...paginateShortList({ name: ['consents', params.id], items, placeOf: placeById }, query), standing },
    };
  });
  route('POST /clients/{id}/consents', async ({ actor, params, body, idempotencyKey }) => {
    const { replayed, ...recorded } = await recordConsent(db, actor, params.id, body, idempotencyKey);
    return {
      ...recorded,
      headers: writeCreatedHeaders(`/clients/${params.id}/consents/${recorded.body.id}`, replayed),
    };
  });
  route('GET /message-refusals', async ({ actor, query }) => ({
    body: { items: await listRefusals(db, actor, query.clientId) },
  }));
  route('POST /consents/{id}/withdraw', async ({ actor, params, body }) => ({
    body: await withdrawConsent(db, actor, params.id, body),
  }));
}
