import type { Hours } from '../../../shared/contracts/agenda/availability.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

interface Owner {
  readonly clinic_id: string;
  readonly professional_id: string;
}

/** The weekly hours that were set; undefined if none were. */
export async function selectWeekly(
  tx: Transaction,
  clinicId: string,
  professionalId: string,
): Promise<Hours['weekly'] | undefined> {
  const rows = await tx.run(
    qb
      .selectFrom('working_hours')
      .select('weekly')
      .where('clinic_id', '=', clinicId)
      .where('professional_id', '=', professionalId),
  );
  return rows[0]?.weekly as Hours['weekly'] | undefined;
}

export async function selectExceptions(
  tx: Transaction,
  clinicId: string,
  professionalId: string,
): Promise<Hours['exceptions']> {
  const rows = await tx.run(
    qb
      .selectFrom('hours_exceptions')
      .select(['date', 'windows'])
      .where('clinic_id', '=', clinicId)
      .where('professional_id', '=', professionalId)
      .orderBy('date'),
  );
  return rows as unknown as Hours['exceptions'];
}

/** Sets the weekly hours, and locks them until the transaction ends, so that changes of one professional's hours take turns. */
export const saveWeekly = (tx: Transaction, owner: Owner, weekly: Hours['weekly']): Promise<unknown> =>
  tx.run(
    qb
      .insertInto('working_hours')
      .values({ ...owner, weekly: JSON.stringify(weekly) })
      .onConflict((conflict) =>
        conflict
          .columns(['clinic_id', 'professional_id'])
          .doUpdateSet({ weekly: JSON.stringify(weekly), updated_at: sql`now()` }),
      ),
  );

/** Replaces all exceptions. Runs after saveWeekly. */
export const writeExceptions = (tx: Transaction, owner: Owner, exceptions: Hours['exceptions']): Promise<unknown> =>
  Promise.all([
    tx.run(
      qb
        .deleteFrom('hours_exceptions')
        .where('clinic_id', '=', owner.clinic_id)
        .where('professional_id', '=', owner.professional_id),
    ),
    exceptions.length === 0
      ? undefined
      : tx.run(
          qb
            .insertInto('hours_exceptions')
            .values(exceptions.map(({ date, windows }) => ({ ...owner, date, windows: JSON.stringify(windows) }))),
        ),
  ]);
