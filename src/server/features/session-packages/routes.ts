import type { Database } from '../../db/transaction.ts';
import { writeCreatedHeaders } from '../../http/created.ts';
import type { RouteBinder } from '../../http/route.ts';
import { addSessionPackage, changeSessionPackage, listSessionPackages } from './service.ts';

export function registerSessionPackageRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('GET /session-packages', async ({ actor, query }) => ({ body: await listSessionPackages(db, actor, query) }));
  route('POST /session-packages', async ({ actor, body, idempotencyKey }) => {
    const { replayed, ...created } = await addSessionPackage(db, actor, body, idempotencyKey);
    return { ...created, headers: writeCreatedHeaders(`/session-packages/${created.body.id}`, replayed) };
  });
  route('PATCH /session-packages/{id}', ({ actor, params, matches, body }) =>
    changeSessionPackage(db, actor, params.id, matches, body),
  );
}
