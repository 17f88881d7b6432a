import type { Role } from '../../../shared/contracts/auth.ts';
import type { Database } from '../../db/transaction.ts';
import { wholeList } from '../../http/page.ts';
import type { RouteBinder } from '../../http/route.ts';
import { listProfessionals } from './queries.ts';

export function registerProfessionalRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('GET /professionals', async ({ actor }) => {
    const rows = await db.read(actor, listProfessionals);
    return {
      body: wholeList(
        rows.map((row) => ({
          id: row.id,
          email: row.email,
          firstName: row.first_name,
          lastName: row.last_name,
          role: row.role as Role,
          active: row.deactivated_at === null,
        })),
      ),
    };
  });
}
