import type { Database } from '../../db/transaction.ts';
import { createdHeaders } from '../../http/created.ts';
import { pageOfShortList, placeById } from '../../http/page.ts';
import type { RouteBinder } from '../../http/route.ts';
import {
  changeProfessional,
  deactivateProfessional,
  getProfessional,
  inviteProfessional,
  listProfessionals,
  reactivateProfessional,
} from './service.ts';

export function registerProfessionalRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('GET /professionals', async ({ actor, query }) => {
    const list = { name: ['professionals'], items: await listProfessionals(db, actor), placeOf: placeById };
    return { body: pageOfShortList(list, query, actor.locale) };
  });
  route('POST /professionals', async ({ actor, body, idempotencyKey, request }) => {
    const origin = request.headers.origin ?? `${request.protocol}://${request.headers.host ?? ''}`;
    const { replayed, ...invited } = await inviteProfessional(db, actor, body, { origin, idempotencyKey });
    return { ...invited, headers: createdHeaders(`/professionals/${invited.body.id}`, replayed) };
  });
  route('GET /professionals/{id}', ({ actor, params }) => getProfessional(db, actor, params.id));
  route('PATCH /professionals/{id}', ({ actor, params, matches, body }) =>
    changeProfessional(db, actor, params.id, matches, body),
  );
  route('POST /professionals/{id}/deactivate', ({ actor, params, body }) =>
    deactivateProfessional(db, actor, params.id, body),
  );
  route('POST /professionals/{id}/reactivate', ({ actor, params }) => reactivateProfessional(db, actor, params.id));
}
