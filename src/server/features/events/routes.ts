import type { RouteBinder } from '../../http/route.ts';
import type { ChangeFeed } from './feed.ts';

export function registerEventRoutes(
  route: RouteBinder,
  feed: ChangeFeed,
  confirm: (actor: Parameters<ChangeFeed['subscribe']>[0]) => Promise<void>,
): void {
  route('GET /events', async ({ actor }) => {
    await confirm(actor);
    return { stream: feed.subscribe(actor), headers: { 'x-accel-buffering': 'no' } };
  });
}
