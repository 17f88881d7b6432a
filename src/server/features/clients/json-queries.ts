import {
  type ClientField,
  definitionOf,
  fieldColumns,
  fieldNames,
  isClinical,
  listedFields,
  listedName,
  splitField,
} from '../../../shared/client-fields.ts';
import type { Scope } from '../../../shared/permissions.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';
import { isAnonymousRow } from './anonymity-queries.ts';

/**
 * Answers as JSON that the database makes, of the same fields and in the same order as those of `presenter.ts`
 * (presenter.test.ts compares both). Rows are those of `clients`, named `c`.
 */

/** SQL for a JSON value and the key it has in an object. */
type Member = readonly [key: string, value: Sql];

const column = (name: string): Sql => sql.ref(`c.${name}`);

/** Compact, unlike json_build_object. */
const object = (members: readonly Member[]): Sql => {
  const list = sql.join(members.map(([key, value]) => sql`${value} as ${sql.id(key)}`));
  return sql`(select row_to_json(o) from (select ${list}) as o)`;
};

/** RFC 3339 in UTC with milliseconds, cut off like those of a Date. */
const timestamp = (name: string): Member[1] =>
  sql`to_char(${column(name)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const stateMembers: readonly Member[] = [
  ['createdAt', timestamp('created_at')],
  ['updatedAt', timestamp('updated_at')],
  ['archivedAt', timestamp('archived_at')],
];

const selectField = (field: ClientField): Member[1] =>
  definitionOf(field).kind === 'columns'
    ? sql`coalesce(${column(fieldColumns[field])}, '{}')`
    : column(fieldColumns[field]);

/** Of somebody anonymous the year of birth alone is kept, which a list would show as an age to the day. */
const selectListed = (field: ClientField): Member[1] =>
  field === 'dateOfBirth' ? sql`case when not ${isAnonymousRow('c')} then c.date_of_birth end` : selectField(field);

/** A client as lists show it. */
export const summaryJson = sql.text(
  object([
    ['id', column('id')],
    ...listedFields.map((field): Member => [listedName(field), selectListed(field)]),
    ...stateMembers,
  ]),
);

/** Fields by their names; a group is an object at the place of its first field. */
function cardMembers(fields: readonly ClientField[]): Member[] {
  const groups = new Map<string, Member[]>();
  for (const field of fields) {
    const [outer, part] = splitField(field);
    groups.set(outer, [...(groups.get(outer) ?? []), [part ?? '', selectField(field)]]);
  }
  return [...groups].map(([outer, members]) => {
    const [first] = members;
    return [outer, first?.[0] === '' ? first[1] : object(members)];
  });
}

/** A whole client; `clinical` false leaves out the clinical fields. */
const cardJson = (clinical: boolean): Sql =>
  object([
    ['id', column('id')],
    ...cardMembers(fieldNames.filter((field) => clinical || !isClinical(field))),
    ['sharedPhone', column('phone_shared')],
    ...stateMembers,
    ['mergedInto', sql`case when c.archived_at is not null then c.merged_into end`],
    ['anonymous', isAnonymousRow('c')],
  ]);

const cards = { whole: sql.text(cardJson(true)), registration: sql.text(cardJson(false)) };

/** A client of the scope as JSON, with its version. `clinical` false leaves out the clinical fields. */
export async function findClientJson(
  tx: Transaction,
  id: string,
  scope: Scope,
  clinical: boolean,
): Promise<{ json: string; version: number } | undefined> {
  const json = clinical ? cards.whole : cards.registration;
  const rows = await tx.run(
    sql<{ json: string; version: number }>`select c.version, ${json}::text as json from clients c
      where c.id = ${id} and ${inScope(scope, 'c.professional_id')}`,
  );
  return rows[0];
}
