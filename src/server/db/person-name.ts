import { type Sql, sql } from './sql.ts';

/** SQL for first and last name of a person, as `formatName` in shared: of a row with `first_name` and `last_name` called `row`. */
export const personName = (row: string): Sql<string> =>
  sql<string>`concat_ws(' ', nullif(btrim(${sql.ref(`${row}.first_name`)}), ''), nullif(btrim(${sql.ref(`${row}.last_name`)}), ''))`;

/** The same of the person whose id stands in a column of `row`, which has the clinic's `clinic_id`. */
export const nameOf = (row: string, column: string): Sql<string> => sql<string>`(
  select ${personName('p')} from professionals p
  where p.clinic_id = ${sql.ref(`${row}.clinic_id`)} and p.id = ${sql.ref(`${row}.${column}`)}
)`;

/** SQL for what a client is called in a message, as `callNameOf` in shared: of a row of clients called `row`. */
export const callName = (row: string): Sql<string> =>
  sql<string>`coalesce(nullif(split_part(btrim(${sql.ref(`${row}.social_name`)}), ' ', 1), ''), ${sql.ref(`${row}.first_name`)})`;
