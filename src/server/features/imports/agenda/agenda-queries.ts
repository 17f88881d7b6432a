import { personName } from '../../../db/person-name.ts';
import { onlyRow } from '../../../db/rows.ts';
import { sql } from '../../../db/sql.ts';
import type { Transaction } from '../../../db/transaction.ts';

export interface AgendaFacts {
  readonly time_zone: string;
  /** In the order in which they are offered. */
  readonly visit_types: readonly {
    readonly key: string;
    readonly name: string;
    readonly minutes: number;
    readonly active: boolean;
  }[];
  readonly rooms: readonly { readonly id: string; readonly name: string; readonly active: boolean }[];
  readonly professionals: readonly {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly role: string;
    readonly active: boolean;
  }[];
}

/** What the rows of a file name: the clinic's kinds of visit, rooms and people; the host's superusers are none of them. */
export async function selectAgendaFacts(tx: Transaction, clinicId: string): Promise<AgendaFacts> {
  const rows = await tx.run(
    sql<AgendaFacts>`
      select time_zone,
        (
          select coalesce(jsonb_agg(jsonb_build_object('key', key, 'name', name, 'minutes', minutes, 'active', active)
            order by position, name), '[]')
          from visit_types where clinic_id = c.id
        ) as visit_types,
        (
          select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'active', active)), '[]')
          from rooms where clinic_id = c.id
        ) as rooms,
        (
          select coalesce(jsonb_agg(jsonb_build_object('id', id, 'email', email,
            'name', ${personName('professionals')}, 'role', role, 'active', deactivated_at is null)), '[]')
          from professionals where clinic_id = c.id and not is_superuser
        ) as professionals
      from clinics c where id = ${clinicId}`,
  );
  return onlyRow(rows);
}
