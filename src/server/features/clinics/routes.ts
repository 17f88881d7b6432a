import type { Database } from '../../db/transaction.ts';
import type { RouteBinder } from '../../http/route.ts';
import { changeClinic, getClinic } from './settings.ts';

export function registerClinicRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('GET /clinic', ({ actor }) => getClinic(db, actor));
  route('PATCH /clinic', ({ actor, matches, body }) => changeClinic(db, actor, matches, body));
}
