import type { RouteContext } from '../../feature.ts';
import type { RouteBinder } from '../../http/route.ts';
import { getPublicKey, listOwnSubscriptions, subscribe, unsubscribe } from './service.ts';

export function registerPushRoutes(route: RouteBinder, deps: RouteContext): void {
  route('GET /push-key', () => Promise.resolve({ body: { publicKey: getPublicKey(deps.keyring) } }));
  route('GET /push-subscriptions', async ({ actor, query }) => ({
    body: await listOwnSubscriptions(deps, actor, query),
  }));
  route('POST /push-subscriptions', async ({ actor, body }) => ({ body: await subscribe(deps, actor, body) }));
  route('DELETE /push-subscriptions/{id}', async ({ actor, params }) => {
    await unsubscribe(deps, actor, params.id);
    return {};
  });
}
