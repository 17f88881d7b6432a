import type { SqlBool } from 'kysely';
import { uuid } from '../../../shared/contracts/route.ts';
import { invalidField } from '../../domain-error.ts';
import { findSystem } from './identifiers.ts';
import type { Condition } from './queries.ts';
import { appointmentStatuses, listStatesOf, type ResourceType } from './resources.ts';
import { type DateRange, parseDateRange, parseToken, unescape } from './search-values.ts';
import { sql } from '../../db/sql.ts';

/** Makes the condition for one value of a search parameter. Throws invalid_request. */
export type MakeCondition = (value: string, parameter: string) => Condition;

const never = sql<SqlBool>`false`;

/** One of the conditions holds. */
export const anyOf = (conditions: readonly Condition[]): Condition =>
  sql<SqlBool>`(${sql.join(conditions, sql` or `)})`;

/** The record with this id. */
export const withId = (value: string): Condition => {
  const id = uuid.safeParse(value);
  return id.success ? sql<SqlBool>`x.id = ${id.data}` : never;
};

/** `Patient/<id>`, the absolute address of one, or the id alone. */
const refersTo =
  (column: string, type: string): MakeCondition =>
  (value) => {
    const id = uuid.safeParse(
      value.startsWith('http') || value.startsWith(`${type}/`) ? value.split('/').at(-1) : value,
    );
    return id.success ? sql<SqlBool>`${sql.ref(column)} = ${id.data}` : never;
  };

/** The parts of a name begin with the value, accents and case aside (R4 search, `string`). */
const named =
  (parts: readonly string[], prefilter: boolean): MakeCondition =>
  (value, parameter) => {
    const text = unescape(value).trim();
    if (text === '') throw invalidField(parameter, 'invalid_value');
    const names = sql`' ' || app.fold(concat_ws(' ', ${sql.join(parts.map((part) => sql.ref(part)))}))`;
    const like = sql`'%' || ' ' || replace(replace(replace(app.fold(${text}), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'`;
    // What search looks at holds the names and more: it is compared first, because it is folded already.
    return prefilter
      ? sql<SqlBool>`x.search_text like (${like}) and ${names} like (${like})`
      : sql<SqlBool>`${names} like (${like})`;
  };

/** An instant lies so to a range; days are those of the clinic. */
const instantOf =
  (column: string): MakeCondition =>
  (value, parameter) => {
    const range = parseDateRange(parameter, value);
    const edge = (text: string) =>
      range.kind === 'instant'
        ? sql`${text}::timestamptz`
        : sql`(${text}::timestamp at time zone (select time_zone from clinics where id = x.clinic_id))`;
    return compare(sql.ref(column), range, edge(range.from), edge(range.to));
  };

/** A day lies so to a range, which may not be finer than a day. */
const dayOf =
  (column: string): MakeCondition =>
  (value, parameter) => {
    const range = parseDateRange(parameter, value);
    if (range.kind === 'instant') throw invalidField(parameter, 'invalid_value');
    return compare(sql.ref(column), range, sql`${range.from}::date`, sql`${range.to}::date`);
  };

type Sql = ReturnType<typeof sql>;

function compare(column: Sql, { prefix }: DateRange, from: Sql, to: Sql): Condition {
  switch (prefix) {
    case 'eq':
      return sql<SqlBool>`(${column} >= ${from} and ${column} < ${to})`;
    case 'ne':
      return sql<SqlBool>`(${column} < ${from} or ${column} >= ${to})`;
    case 'gt':
    case 'sa':
      return sql<SqlBool>`${column} >= ${to}`;
    case 'lt':
    case 'eb':
      return sql<SqlBool>`${column} < ${from}`;
    case 'ge':
      return sql<SqlBool>`${column} >= ${from}`;
    case 'le':
      return sql<SqlBool>`${column} < ${to}`;
  }
}

const digits = (value: string): string => value.replace(/[\s.\-/]/g, '').toUpperCase();
const insuranceDigits = sql`regexp_replace(x.insurance_number, '[\\s.-]', '', 'g')`;

const identified: MakeCondition = (text) => {
  const { system, value } = parseToken(text);
  const known = system === undefined || system === '' ? undefined : findSystem(system);
  const cpf =
    value === undefined ? sql<SqlBool>`x.document ~ '^\\d{11}$'` : sql<SqlBool>`x.document = ${digits(value)}`;
  const cns =
    value === undefined
      ? sql<SqlBool>`${insuranceDigits} ~ '^[12789]\\d{14}$'`
      : sql<SqlBool>`${insuranceDigits} = ${digits(value)} and ${digits(value)} ~ '^[12789]\\d{14}$'`;
  if (known === 'cpf') return sql<SqlBool>`(${cpf} and length(x.document) = 11)`;
  if (known === 'cns') return sql<SqlBool>`(${cns})`;
  if (system !== undefined && system !== '') return never;
  if (value === undefined) return never;
  const withoutSystem = sql<SqlBool>`(x.rg = ${value} or (x.document = ${digits(value)} and length(x.document) <> 11))`;
  return system === '' ? withoutSystem : sql<SqlBool>`(${cpf} or ${cns} or ${withoutSystem})`;
};

const hasStatus: MakeCondition = (text, parameter) => {
  const { value = '' } = parseToken(text);
  if (!appointmentStatuses.includes(value)) throw invalidField(parameter, 'invalid_value');
  return sql<SqlBool>`x.status = any (${listStatesOf(value)}::text[])`;
};

const isActive =
  (column: string): MakeCondition =>
  (value, parameter) => {
    if (value !== 'true' && value !== 'false') throw invalidField(parameter, 'invalid_value');
    return value === 'true' ? sql<SqlBool>`${sql.ref(column)} is null` : sql<SqlBool>`${sql.ref(column)} is not null`;
  };

const common = { _id: withId, _lastUpdated: instantOf('x.updated_at') };
const patientNames = ['x.social_name', 'x.first_name', 'x.last_name'];
const withPatient = refersTo('x.client_id', 'Patient');
const withPractitioner = refersTo('x.professional_id', 'Practitioner');

/** The search parameters of each type, with the type of parameter that the specification gives them. */
export const searchParameters = {
  Patient: {
    ...common,
    identifier: identified,
    name: named(patientNames, true),
    birthdate: dayOf('x.date_of_birth'),
    active: isActive('x.archived_at'),
    'general-practitioner': withPractitioner,
  },
  Practitioner: {
    ...common,
    name: named(['x.first_name', 'x.last_name'], false),
    active: isActive('x.deactivated_at'),
  },
  Appointment: {
    ...common,
    date: instantOf('x.start_at'),
    status: hasStatus,
    patient: withPatient,
    practitioner: withPractitioner,
    actor: (value, parameter) =>
      value.includes('Practitioner/') ? withPractitioner(value, parameter) : withPatient(value, parameter),
  },
} satisfies Record<ResourceType, Readonly<Record<string, MakeCondition>>>;
