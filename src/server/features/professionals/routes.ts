import { writeCreatedHeaders } from '../../http/created.ts';
import { paginateShortList, placeById } from '../../http/page.ts';
import type { RouteBinder } from '../../http/route.ts';
import { changeMe, changeSettings, getMe, getSettings } from './me.ts';
import {
  changeProfessional,
  deactivateProfessional,
  getProfessional,
  inviteAgain,
  inviteProfessional,
  listProfessionals,
  type ProfessionalDependencies,
  reactivateProfessional,
} from './service.ts';

export function registerProfessionalRoutes(route: RouteBinder, deps: ProfessionalDependencies): void {
  const { db } = deps;
  route('GET /professionals', async ({ actor, query }) => {
    const list = { name: ['professionals'], items: await listProfessionals(db, actor), placeOf: placeById };
    return { body: paginateShortList(list, query) };
  });
  route('POST /professionals', async ({ actor, body, idempotencyKey, locale }) => {
    const { replayed, ...invited } = await inviteProfessional(deps, actor, body, { idempotencyKey, locale });
    return { ...invited, headers: writeCreatedHeaders(`/professionals/${invited.body.id}`, replayed) };
  });
  route('GET /professionals/{id}', ({ actor, params }) => getProfessional(db, actor, params.id));
  route('PATCH /professionals/{id}', ({ actor, params, matches, body }) =>
    changeProfessional(db, actor, params.id, matches, body),
  );
  route('POST /professionals/{id}/invitation', ({ actor, params, locale }) =>
    inviteAgain(deps, actor, params.id, locale),
  );
  route('POST /professionals/{id}/deactivate', ({ actor, params, body }) =>
    deactivateProfessional(deps, actor, params.id, body),
  );
  route('POST /professionals/{id}/reactivate', ({ actor, params }) => reactivateProfessional(db, actor, params.id));

  route('GET /me', ({ actor }) => getMe(db, actor));
  route('PATCH /me', ({ actor, matches, body }) => changeMe(db, actor, matches, body));
  route('GET /me/settings', ({ actor }) => getSettings(db, actor));
  route('PATCH /me/settings', ({ actor, matches, body }) => changeSettings(db, actor, matches, body));
}
