import type { Database } from '../../db/transaction.ts';
import { writeCreatedHeaders } from '../../http/created.ts';
import type { RouteBinder } from '../../http/route.ts';
import { listEmergencies, lookUpClient, openInEmergency, reviewEmergency } from './service.ts';

export function registerEmergencyRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('POST /emergency-accesses/look-up', async ({ actor, body }) => ({
    body: { items: await lookUpClient(db, actor, body) },
  }));
  route('POST /clients/{id}/emergency-access', async ({ actor, params, body, idempotencyKey }) => {
    const wanted = { clientId: params.id, reason: body.reason };
    const { replayed, ...opened } = await openInEmergency(db, actor, wanted, idempotencyKey);
    return { ...opened, headers: writeCreatedHeaders(`/emergency-accesses/${opened.body.id}`, replayed) };
  });
  route('GET /emergency-accesses', async ({ actor, query }) => ({ body: await listEmergencies(db, actor, query) }));
  route('POST /emergency-accesses/{id}/review', async ({ actor, params }) => ({
    body: await reviewEmergency(db, actor, params.id),
  }));
}
