import type { RouteContext } from '../../feature.ts';
import { writeCreatedHeaders } from '../../http/created.ts';
import { paginateShortList, placeById } from '../../http/page.ts';
import type { RouteBinder } from '../../http/route.ts';
import { listPolicies, publishPolicy } from './policies.ts';
import { getOnlyPolicies, getPublicPolicies } from './public-policies.ts';
import { changePrivacySettings, getPrivacySettings } from './settings.ts';

export function registerPolicyRoutes(route: RouteBinder, context: RouteContext): void {
  const { db } = context;
  const deps = { ...context, share: context.strangers.pages };

  route('GET /privacy-settings', ({ actor }) => getPrivacySettings(db, actor));
  route('PATCH /privacy-settings', ({ actor, matches, body }) => changePrivacySettings(db, actor, matches, body));
  route('GET /policies', async ({ actor, query }) => {
    const items = await listPolicies(db, actor);
    return { body: paginateShortList({ name: ['policies'], items, placeOf: placeById }, query) };
  });
  route('POST /policies', async ({ actor, body, idempotencyKey }) => {
    const { replayed, ...published } = await publishPolicy(db, actor, body, idempotencyKey);
    return { ...published, headers: writeCreatedHeaders(`/policies/${published.body.id}`, replayed) };
  });
  route('GET /public/policies', async ({ caller }) => ({ body: await getOnlyPolicies(deps, caller) }));
  route('GET /public/policies/{clinic}', async ({ params, caller }) => ({
    body: await getPublicPolicies(deps, params.clinic, caller),
  }));
}
