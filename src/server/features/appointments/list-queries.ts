import type { Scope } from '../../../shared/permissions.ts';
import { isPending } from '../../db/appointment-conditions.ts';
import { type Edge, instantOf } from '../../db/clinic-time.ts';
import { onlyRow } from '../../db/rows.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';
import { type AppointmentRow, joinClient, rowColumns } from './queries.ts';

export interface AppointmentFilters {
  readonly clinicId: string;
  readonly scope: Scope;
  readonly from: Edge | undefined;
  /** Before this; of a day, before its end. */
  readonly to: Edge | undefined;
  readonly professionalIds: readonly string[] | undefined;
  readonly clientId: string | undefined;
  readonly roomId: string | undefined;
  readonly statuses: readonly string[] | undefined;
  /** Only those past and unresolved. */
  readonly pending: boolean;
}

function conditions({ clinicId, scope, from, to, ...filters }: AppointmentFilters): Sql {
  const { professionalIds, clientId, roomId, statuses, pending } = filters;
  const parts = [
    sql`a.clinic_id = ${clinicId} and a.deleted_at is null`,
    inScope(scope, 'a.professional_id', 'a.client_id'),
    ...(from === undefined ? [] : [sql`a.start_at >= ${instantOf(from, clinicId, 0)}`]),
    ...(to === undefined ? [] : [sql`a.start_at < ${instantOf(to, clinicId, 1)}`]),
    ...(professionalIds === undefined ? [] : [sql`a.professional_id = any (${professionalIds}::uuid[])`]),
    ...(clientId === undefined ? [] : [sql`a.client_id = ${clientId}`]),
    ...(roomId === undefined ? [] : [sql`a.room_id = ${roomId}`]),
    ...(statuses === undefined ? [] : [sql`a.status = any (${statuses}::text[])`]),
    ...(pending ? [isPending('a')] : []),
  ];
  return sql.join(parts, sql` and `);
}

export interface AppointmentPage {
  /** The last appointment of the page before: microseconds since 1970, and its id. */
  readonly after: { readonly micros: string; readonly id: string } | undefined;
  readonly limit: number;
}

export type ListedRow = AppointmentRow & { readonly start_micros: string };

/** A page of appointments by start. */
export const listAppointments = (
  tx: Transaction,
  filters: AppointmentFilters,
  { after, limit }: AppointmentPage,
): Promise<ListedRow[]> =>
  tx.run(
    sql<ListedRow>`
      select ${rowColumns}, (extract(epoch from a.start_at) * 1000000)::bigint as start_micros
      from appointments a ${joinClient}
      where ${conditions(filters)} ${
        after === undefined
          ? sql``
          : sql`and (a.start_at, a.id) > (
              'epoch'::timestamptz + ${after.micros}::bigint * interval '1 microsecond', ${after.id}::uuid
            )`
      }
      order by a.start_at, a.id
      limit ${limit}`,
  );

/** @returns the number of appointments, at most `atMost` */
export async function countAppointments(tx: Transaction, filters: AppointmentFilters, atMost: number): Promise<number> {
  const rows = await tx.run(
    sql<{ count: number }>`
      select count(*)::integer as count
      from (select from appointments a where ${conditions(filters)} limit ${atMost}) as counted`,
  );
  return onlyRow(rows).count;
}
