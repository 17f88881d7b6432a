import { type Sql, sql } from './sql.ts';

/** SQL: whether the appointment called `row` takes its time. One that is canceled, missed or deleted leaves it free. */
export const takesTime = (row: string): Sql<boolean> =>
  sql<boolean>`(${sql.ref(`${row}.status`)} not in ('canceled', 'noShow') and ${sql.ref(`${row}.deleted_at`)} is null)`;

/** SQL: whether the appointment called `row` is still to be done: not done, missed or canceled, nor deleted. */
export const isOpen = (row: string): Sql<boolean> =>
  sql<boolean>`(${sql.ref(`${row}.status`)} in ('scheduled', 'confirmed', 'arrived', 'inProgress')
    and ${sql.ref(`${row}.deleted_at`)} is null)`;

/** SQL: whether the appointment called `row` is over and nobody has said how it ended. */
export const isPending = (row: string): Sql<boolean> =>
  sql<boolean>`(${sql.ref(`${row}.end_at`)} <= now() and ${isOpen(row)})`;

/**
 * SQL: whether the appointment called `row` lies, at least in part, between two instants. It has twelve hours at most (a constraint
 * of the table), so this is a range of starts, which an index finds also under a policy.
 */
export const liesBetween = (row: string, from: Sql, to: Sql): Sql<boolean> => {
  const [startAt, endAt] = [sql.ref(`${row}.start_at`), sql.ref(`${row}.end_at`)];
  return sql<boolean>`(${startAt} < ${to} and ${startAt} > ${from} - interval '12 hours' and ${endAt} > ${from})`;
};

/** SQL: whether the appointment called `row` takes some of the clinic's time between two instants. */
export const takesTimeBetween = (row: string, clinicId: string | Sql, from: Sql, to: Sql): Sql<boolean> =>
  sql<boolean>`(${sql.ref(`${row}.clinic_id`)} = ${clinicId} and ${takesTime(row)} and ${liesBetween(row, from, to)})`;
