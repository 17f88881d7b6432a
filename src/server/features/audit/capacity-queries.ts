import { type Claim, isOwnedKind, listClaims, type OwnedKind } from '../../../shared/capacity.ts';
import type { Standing } from '../../../shared/permissions.ts';
import { type Sql, sql } from '../../db/sql.ts';

/** Whose capacity it is. */
export interface Acting extends Standing {
  readonly professionalId: string;
  readonly clinicId: string;
}

/**
 * In which capacity somebody acts on a record: their role, or as the owner of what they reach. If something is lent to them,
 * `byRecord` names the kind of record of which the database has to be asked.
 */
export function chooseCapacity(
  acting: Acting,
  recordType: string | undefined,
): { readonly as: string; readonly byRecord?: OwnedKind } {
  const { role } = acting;
  const [claim, ...others] = isOwnedKind(recordType) ? listClaims(acting, recordType) : [];
  if (claim === undefined || !isOwnedKind(recordType)) return { as: role };
  return others.length > 0 ? { as: role, byRecord: recordType } : { as: claim.capacity };
}

/** SQL for the capacity in which somebody sees a record, as `capacityFor`; null for one that they do not see. */
export function selectCapacity(acting: Acting, recordType: OwnedKind, recordId: Sql): Sql<string | null> {
  const [table, client] = recordType === 'client' ? [sql`clients`, sql`r.id`] : [sql`appointments`, sql`r.client_id`];
  const claims = listClaims(acting, recordType).map(
    (claim) => sql`when ${fits(claim, client)} then ${sql.lit(claim.capacity)}`,
  );
  return sql<string | null>`(
    select case ${sql.join(claims, sql.raw(' '))} end
    from ${table} r where r.clinic_id = ${acting.clinicId}::uuid and r.id = ${recordId}
  )`;
}

const fits = ({ owners, clients }: Claim, client: Sql): Sql =>
  sql.join(
    [
      ...(owners === undefined ? [] : [sql`r.professional_id = any (${owners}::uuid[])`]),
      ...(clients === undefined ? [] : [sql`${client} = any (${clients}::uuid[])`]),
      sql`true`,
    ],
    sql.raw(' and '),
  );
