import type { Insertable } from 'kysely';
import type { Scope } from '../../../shared/permissions.ts';
import { isOpen, liesBetween } from '../../db/appointment-conditions.ts';
import { type Edge, instantOf } from '../../db/clinic-time.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { DB } from '../../db/schema.generated.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

const columns = ['id', 'professional_id', 'start_at', 'end_at', 'reason'] as const;

const select = (clinicId: string) => qb.selectFrom('time_off').select(columns).where('clinic_id', '=', clinicId);

export type TimeOffRow = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

interface TimeOffFilters {
  readonly clinicId: string;
  /** Whose; the clinic's are everybody's. */
  readonly scope: Scope;
  readonly professionalId: string | undefined;
  readonly from: Edge | undefined;
  readonly to: Edge | undefined;
}

/** A list has no more than these, even of a window of many years. */
const mostListed = 5000;

/** Absences by start: those not over yet, or those of a window; with a professional, theirs and the clinic's. */
export const listTimeOff = (tx: Transaction, filters: TimeOffFilters): Promise<TimeOffRow[]> => {
  const { clinicId, scope, professionalId, from, to } = filters;
  const first: Sql<Date> =
    from === undefined && to === undefined ? sql<Date>`now()` : sql<Date>`'-infinity'::timestamptz`;
  return tx.run(
    select(clinicId)
      .where((eb) => eb.or([eb('professional_id', 'is', null), inScope(scope, 'professional_id', null)]))
      .where('end_at', '>', from === undefined ? first : instantOf(from, clinicId, 0))
      .$if(to !== undefined, (query) =>
        query.where('start_at', '<', to === undefined ? first : instantOf(to, clinicId, 1)),
      )
      .$if(professionalId !== undefined, (query) =>
        query.where((eb) =>
          eb.or([eb('professional_id', 'is', null), eb('professional_id', '=', professionalId ?? null)]),
        ),
      )
      .orderBy('start_at')
      .orderBy('id')
      .limit(mostListed),
  );
};

export async function selectTimeOff(tx: Transaction, clinicId: string, id: string): Promise<TimeOffRow | undefined> {
  return (await tx.run(select(clinicId).where('id', '=', id)))[0];
}

/** @returns the number of absences that are not over, at most `atMost` */
export async function countComingTimeOff(tx: Transaction, clinicId: string, atMost: number): Promise<number> {
  const rows = await tx.run(
    sql<{ count: number }>`
      select count(*)::integer as count from (
        select from time_off where clinic_id = ${clinicId} and end_at > now() limit ${atMost}
      ) as coming`,
  );
  return onlyRow(rows).count;
}

export async function insertTimeOff(tx: Transaction, row: Insertable<DB['time_off']>): Promise<TimeOffRow> {
  return onlyRow(await tx.run(qb.insertInto('time_off').values(row).returning(columns)));
}

export const deleteTimeOff = (tx: Transaction, clinicId: string, id: string): Promise<unknown> =>
  tx.run(qb.deleteFrom('time_off').where('clinic_id', '=', clinicId).where('id', '=', id));

export interface InTheWayRow {
  readonly id: string;
  readonly start_at: Date;
  readonly end_at: Date;
}

/** The appointments that an absence leaves to be moved or canceled, by start. */
export const listInTheWay = (
  tx: Transaction,
  clinicId: string,
  { professional_id, start_at, end_at }: Omit<TimeOffRow, 'id' | 'reason'>,
): Promise<InTheWayRow[]> =>
  tx.run(
    sql<InTheWayRow>`
      select a.id, a.start_at, a.end_at from appointments a
      where a.clinic_id = ${clinicId} and ${isOpen('a')}
        and ${liesBetween('a', sql`${start_at}::timestamptz`, sql`${end_at}::timestamptz`)}
        ${professional_id === null ? sql`` : sql`and a.professional_id = ${professional_id}`}
      order by a.start_at, a.id limit ${mostListed}`,
  );
