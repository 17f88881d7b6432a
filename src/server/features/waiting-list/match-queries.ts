import type { Scope } from '../../../shared/permissions.ts';
import { takesTimeBetween } from '../../db/appointment-conditions.ts';
import { callName } from '../../db/person-name.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { WishRow } from './queries.ts';

/** An appointment whose time may have become free. */
export async function findFreedTime(tx: Transaction, id: string, scope: Scope) {
  const rows = await tx.run(
    qb
      .selectFrom('appointments as a')
      .innerJoin('clinics as k', 'k.id', 'a.clinic_id')
      .select(['a.id', 'k.name as clinic_name'])
      .select(sql<string>`to_char(a.local_start, 'YYYY-MM-DD"T"HH24:MI')`.as('local_start'))
      .where('a.id', '=', id)
      .where('a.deleted_at', 'is', null)
      .where(inScope(scope, 'a.professional_id', 'a.client_id')),
  );
  return rows[0];
}

interface Scopes {
  /** Whose agenda the person may see, and whose clients. */
  readonly agenda: Scope;
  readonly clients: Scope;
}

export interface MatchRow extends WishRow {
  readonly first_name: string;
  readonly refuses_messages: boolean;
}

/**
 * The three who fit best into the time of a canceled appointment, who waits longest first: professional, weekday, part of the day
 * and length are as they wish, and they have nothing else at that time. Nobody, once the time has begun or is taken again.
 */
export const listMatches = (tx: Transaction, appointmentId: string, { agenda, clients }: Scopes): Promise<MatchRow[]> =>
  tx.run(
    sql<MatchRow>`
      select w.id, w.version, w.client_id, w.professional_id, w.weekdays, w.periods, w.visit_type, w.note, w.created_at,
        c.full_name, c.phone, ${callName('c')} as first_name,
        app.refuses_messages(c.id) as refuses_messages
      from appointments a
      join professionals p on p.clinic_id = a.clinic_id and p.id = a.professional_id and p.deactivated_at is null
      join waiting_wishes w on w.clinic_id = a.clinic_id
      join clients c on c.clinic_id = w.clinic_id and c.id = w.client_id and c.archived_at is null
      left join visit_types t on t.clinic_id = w.clinic_id and t.key = w.visit_type
      where a.id = ${appointmentId} and a.status = 'canceled' and a.deleted_at is null and a.start_at > now()
        and ${inScope(agenda, 'a.professional_id', 'a.client_id')} and ${inScope(clients, 'c.professional_id')}
        and w.client_id <> a.client_id
        and (w.professional_id is null or w.professional_id = a.professional_id)
        and (w.weekdays = '{}' or extract(isodow from a.local_start)::int = any (w.weekdays))
        and (w.periods = '{}' or (
          case when a.local_start::time < '12:00' then 'morning' when a.local_start::time < '18:00' then 'afternoon'
            else 'evening' end) = any (w.periods))
        and (t.minutes is null or make_interval(mins => t.minutes) <= a.end_at - a.start_at)
        and not exists (
          select 1 from appointments o
          where (o.professional_id = a.professional_id or o.client_id = w.client_id)
            and ${takesTimeBetween('o', sql`a.clinic_id`, sql`a.start_at`, sql`a.end_at`)}
        )
      order by w.created_at, w.id limit 3`,
  );
