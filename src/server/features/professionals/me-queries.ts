import type { Settings } from '../../../shared/contracts/auth.ts';
import type { Standing } from '../../../shared/permissions.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import { profileColumns, type profileValues } from '../auth/api.ts';

const selectSelf = (id: string) =>
  qb
    .selectFrom('professionals as p')
    .innerJoin('clinics as c', 'c.id', 'p.clinic_id')
    .select(['p.id', 'p.clinic_id', 'p.version', 'p.email', 'p.first_name', 'p.last_name', 'p.role', 'p.settings'])
    .select(['c.name as clinic_name', 'c.time_zone as clinic_time_zone'])
    .select(profileColumns)
    .select(sql<Standing>`app.standing_of(p.clinic_id, p.id, p.role, p.clinical_denied)`.as('standing'))
    .where('p.id', '=', id)
    .where('p.deactivated_at', 'is', null);

export type SelfRow = Awaited<ReturnType<ReturnType<typeof selectSelf>['executeTakeFirstOrThrow']>>;

/** The person who is signed in, with their clinic. */
export async function findSelf(tx: Transaction, id: string): Promise<SelfRow | undefined> {
  return (await tx.run(selectSelf(id)))[0];
}

export const updateProfile = (
  tx: Transaction,
  id: string,
  names: { firstName: string; lastName: string | null },
  profile: ReturnType<typeof profileValues>,
): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('professionals')
      .set((eb) => ({
        first_name: names.firstName,
        last_name: names.lastName,
        ...profile,
        version: eb('version', '+', 1),
        updated_at: sql`now()`,
      }))
      .where('id', '=', id),
  );

export const updateSettings = (tx: Transaction, id: string, settings: Settings): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('professionals')
      .set((eb) => ({ settings: JSON.stringify(settings), version: eb('version', '+', 1), updated_at: sql`now()` }))
      .where('id', '=', id),
  );
