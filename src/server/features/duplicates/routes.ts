import type { RouteBinder } from '../../http/route.ts';
import { type DuplicateDependencies, mergeClients } from './merge.ts';
import { dismissPair, listDuplicatePairs, withdrawDismissal } from './service.ts';
import { undoMerge } from './undo.ts';

export function registerDuplicateRoutes(route: RouteBinder, deps: DuplicateDependencies): void {
  const { db } = deps;
  route('GET /duplicates', async ({ actor, query }) => ({ body: await listDuplicatePairs(db, actor, query) }));

  route('POST /duplicates/dismissals', async ({ actor, body }) => ({
    body: await dismissPair(db, actor, body.clientIds),
  }));

  route('DELETE /duplicates/dismissals/{id}', async ({ actor, params }) => {
    await withdrawDismissal(db, actor, params.id);
    return {};
  });

  route('POST /duplicates/merge', async ({ actor, body }) => ({ body: await mergeClients(deps, actor, body) }));
  route('POST /duplicates/merges/{id}/undo', async ({ actor, params }) => ({
    body: await undoMerge(deps, actor, params.id),
  }));
}
