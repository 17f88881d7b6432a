import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Standing } from '../../../shared/permissions.ts';

/** The most changes of one clinic per poll, so that a busy clinic does not hide the changes of others. */
const maxOfClinic = 300;

/**
 * Announced changes of the given clinics in the last seconds, oldest first, with the owner of a client and the author of an
 * import. Transactions commit out of order, so callers look back further than the last poll and skip what they have seen.
 */
export const listRecentChanges = (
  tx: Transaction,
  announced: readonly string[],
  clinicIds: readonly string[],
  seconds: number,
) =>
  tx.run(
    qb
      .selectFrom((eb) =>
        eb
          .selectFrom('audit_events as e')
          .select(['e.id', 'e.clinic_id', 'e.at', 'e.actor_id', 'e.record_type', 'e.record_id'])
          .select(sql<string>`row_number() over (partition by e.clinic_id order by e.at desc)`.as('place'))
          .where('e.at', '>', sql<Date>`clock_timestamp() - make_interval(secs => ${seconds})`)
          .where('e.clinic_id', 'in', clinicIds)
          .where('e.action', 'in', announced)
          .where('e.record_id', 'is not', null)
          .as('e'),
      )
      .leftJoin('clients as c', (join) =>
        join.onRef('c.clinic_id', '=', 'e.clinic_id').onRef('c.id', '=', 'e.record_id'),
      )
      .leftJoin('imports as i', (join) =>
        join.onRef('i.clinic_id', '=', 'e.clinic_id').onRef('i.id', '=', 'e.record_id'),
      )
      .leftJoin('appointments as a', (join) =>
        join.onRef('a.clinic_id', '=', 'e.clinic_id').onRef('a.id', '=', 'e.record_id'),
      )
      .leftJoin('coverings as v', (join) =>
        join.onRef('v.clinic_id', '=', 'e.clinic_id').onRef('v.id', '=', 'e.record_id'),
      )
      .select(['e.id', 'e.clinic_id', 'e.at', 'e.actor_id', 'e.record_type', 'e.record_id'])
      .select(['v.absent_id', 'v.covering_id'])
      .select(['c.professional_id as owner_id', 'i.created_by as imported_by'])
      .select(['a.professional_id as treated_by', 'a.client_id as treated_client'])
      .select(formerOwners.as('treated_before_by'))
      .where('e.place', '<=', String(maxOfClinic))
      .orderBy('e.at'),
  );

/** From whose agenda an appointment was moved away in the last minute: their screens still show it. */
const formerOwners = sql<readonly string[]>`array(
  select c ->> 'from' from appointment_versions v, jsonb_array_elements(v.changes) as c
  where v.clinic_id = e.clinic_id and v.appointment_id = e.record_id and v.at > now() - interval '1 minute'
    and c ->> 'field' = 'professionalId' and c ->> 'from' is not null
)`;

export type ChangeRow = Awaited<ReturnType<typeof listRecentChanges>>[number];

/** Whose each session is that is still active, and what they may do now. */
export const listSessions = (tx: Transaction, sessionIds: readonly string[]) =>
  tx.run(
    qb
      .selectFrom('device_sessions as s')
      .innerJoin('professionals as p', (join) =>
        join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.id', '=', 's.professional_id'),
      )
      .select(['s.id', 's.clinic_id', 's.professional_id'])
      .select(sql<Standing>`app.standing_of(p.clinic_id, p.id, p.role, p.clinical_denied)`.as('standing'))
      .where('s.id', '=', sql<string>`any (${sessionIds}::uuid[])`)
      .where('s.ended_at', 'is', null)
      .where('p.deactivated_at', 'is', null)
      .where(sql<boolean>`(not p.is_superuser or app.has_host_entry(p.clinic_id, p.id))`),
  );

export type SessionNow = Awaited<ReturnType<typeof listSessions>>[number];
