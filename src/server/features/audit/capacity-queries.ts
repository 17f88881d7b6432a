import type { Capacity, Standing } from '../../../shared/permissions.ts';
import { type Sql, sql } from '../../db/sql.ts';

/** Whose capacity it is. */
export interface Acting extends Standing {
  readonly professionalId: string;
  readonly clinicId: string;
}

/** The kinds of record that belong to a professional, and whom others may see besides. */
type Owned = 'client' | 'appointment';

const isOwned = (recordType: string | undefined): recordType is Owned =>
  recordType === 'client' || recordType === 'appointment';

/**
 * In which capacity somebody acts on a record: mostly their role. A professional is the owner of what they reach, unless something
 * is lent to them: then `byRecord` names the kind of record of which the database has to be asked.
 */
export function chooseCapacity(
  acting: Acting,
  recordType: string | undefined,
): { readonly as: string; readonly byRecord?: Owned } {
  const { role, seesClinic, covered, coveredClients, emergencies } = acting;
  if (role !== 'professional' || !isOwned(recordType)) return { as: role };
  const isLent = seesClinic || covered.length + coveredClients.length + emergencies.length > 0;
  return isLent ? { as: role, byRecord: recordType } : { as: 'owner' satisfies Capacity };
}

/** SQL for the capacity in which somebody sees a record; null for one that does not exist. As capacityFor in permissions.ts. */
export function selectCapacity(acting: Acting, recordType: Owned, recordId: Sql): Sql<string> {
  const { clinicId, professionalId, covered, coveredClients, coveredInPart, emergencies } = acting;
  const [table, client] = recordType === 'client' ? [sql`clients`, sql`r.id`] : [sql`appointments`, sql`r.client_id`];
  return sql<string>`(
    select case
      when r.professional_id = ${professionalId} then 'owner'
      when r.professional_id = any (${covered}::uuid[])
        or (r.professional_id = any (${coveredInPart}::uuid[]) and ${client} = any (${coveredClients}::uuid[])) then 'covering'
      when ${client} = any (${emergencies}::uuid[]) then 'emergency'
      else 'clinic'
    end
    from ${table} r where r.clinic_id = ${clinicId}::uuid and r.id = ${recordId}
  )`;
}
