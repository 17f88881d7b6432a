import type { Selectable, Updateable } from 'kysely';
import { definitionOf, fieldColumns, fieldNames } from '../../../shared/client-fields.ts';
import type { Scope } from '../../../shared/permissions.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { DB } from '../../db/schema.generated.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';
import { isAnonymousRow } from './anonymity-queries.ts';
import type { ClientValues } from './fields.ts';

const storedColumns = [
  'id',
  'version',
  'full_name',
  'phone_shared',
  'created_at',
  'updated_at',
  'archived_at',
  'merged_into',
  ...Object.values(fieldColumns),
] as const;

/** The columns of a whole client (ClientRow), of rows of this name. */
const columnsOf = (name: 'clients' | 'c'): Sql =>
  sql.text(
    sql`${sql.join(storedColumns.map((column) => sql.ref(`${name}.${column}`)))}, ${isAnonymousRow(name)} as anonymous`,
  );
export const clientColumns = columnsOf('clients');
export const clientColumnsOfC = columnsOf('c');

export interface ClientRow extends Pick<Selectable<DB['clients']>, (typeof storedColumns)[number]> {
  readonly anonymous: boolean;
}

const selectClient = (id: string, scope: Scope) =>
  sql<ClientRow>`select ${clientColumns} from clients where id = ${id} and ${inScope(scope)}`;

export async function findClient(tx: Transaction, id: string, scope: Scope): Promise<ClientRow | undefined> {
  return (await tx.run(selectClient(id, scope)))[0];
}

/** Like findClient, and locks the client until the transaction ends. */
export async function lockClient(tx: Transaction, id: string, scope: Scope): Promise<ClientRow | undefined> {
  return (await tx.run(sql<ClientRow>`${selectClient(id, scope)} for update`))[0];
}

/** What whoever writes about a client asks of them. */
export interface HeldClient {
  readonly id: string;
  readonly professional_id: string;
  readonly archived_at: Date | null;
  readonly merged_into: string | null;
  /** YYYY-MM-DD */
  readonly date_of_birth: string | null;
}

/** Clients within the scope, with the lock that a foreign key takes, in one order. */
export const selectHeld = (
  tx: Transaction,
  clinicId: string,
  ids: readonly string[],
  scope: Scope,
): Promise<HeldClient[]> =>
  tx.run(
    sql<HeldClient>`
      select id, professional_id, archived_at, merged_into, date_of_birth::text as date_of_birth from clients
      where clinic_id = ${clinicId} and id = any (${ids}::uuid[]) and ${inScope(scope)}
      order by id for key share`,
  );

/** A subquery that has a row if the client exists within the scope. */
export const clientExists = (id: string, scope: Scope): Sql<{ id: string }> =>
  sql`select id from clients where id = ${id} and ${inScope(scope)}`;

/** Runs that query. @returns the client's id, or nothing */
export const listIds = (tx: Transaction, condition: ReturnType<typeof clientExists>) => tx.run(condition);

const toWritable = (values: ClientValues) =>
  Object.fromEntries(
    Object.entries(values).map(([column, value]) => [
      column,
      column === 'extra' && value !== null ? JSON.stringify(value) : value,
    ]),
  );

/** The columns for search and filters. If a statement leaves them out, a trigger fills them, which writes the row twice. */
const describeForSearch = ({ firstName, values }: NewClient) => {
  const { document, phone, secondary_phone: second, social_name: social, last_name: last, email } = values;
  const { guardian_name: guardian, guardian_phone: theirs } = values;
  return {
    search_text: sql<string>`app.client_search_text(${document}, ${phone}, ${second}, ${firstName}, ${social}, ${last}, ${email}, ${guardian}, ${theirs})`,
    facets: sql<string[]>`app.facets(${values.tags ?? []}, ${values.city}, ${values.state}, ${values.date_of_birth})`,
  };
};

interface NewClient {
  readonly id: string;
  readonly clinicId: string;
  readonly firstName: string;
  readonly professionalId: string;
  readonly phoneShared: boolean;
  readonly values: ClientValues;
}

export async function insertClient(tx: Transaction, client: NewClient): Promise<ClientRow> {
  const row = {
    ...toWritable(client.values),
    first_name: client.firstName,
    professional_id: client.professionalId,
    id: client.id,
    clinic_id: client.clinicId,
    phone_shared: client.phoneShared,
    ...describeForSearch(client),
  };
  return onlyRow(await tx.run(sql<ClientRow>`insert ${sql.into('clients', row)} returning ${clientColumns}`));
}

/** Writes columns of a client and increases its version. */
export async function updateClient(
  tx: Transaction,
  id: string,
  values: ClientValues & {
    readonly phone_shared?: boolean;
    readonly archived_at?: Date | null;
    readonly merged_into?: string | null;
  },
): Promise<ClientRow> {
  const row = { ...toWritable(values), version: sql<number>`version + 1`, updated_at: sql<Date>`now()` };
  return onlyRow(
    await tx.run(sql<ClientRow>`update clients ${sql.set('clients', row)} where id = ${id} returning ${clientColumns}`),
  );
}

interface Identity {
  readonly phone: string | null | undefined;
  readonly document: string | null | undefined;
  /** The id of the client itself. */
  readonly except?: string;
}

export type DuplicateRow = Pick<
  Selectable<DB['clients']>,
  'id' | 'full_name' | 'professional_id' | 'phone' | 'phone_shared' | 'document'
>;

/** Lists active clients of the clinic with this phone or document. */
export async function listDuplicates(tx: Transaction, identity: Identity) {
  const select = (condition: Sql) => sql<DuplicateRow>`
    select id, full_name, professional_id, phone, phone_shared, document from clients
    where archived_at is null and ${condition} limit 3`;
  const { phone, document, except } = identity;
  const queries = [
    ...(phone == null
      ? []
      : [select(sql`phone = ${phone} and not phone_shared`), select(sql`phone = ${phone} and phone_shared`)]),
    ...(document == null ? [] : [select(sql`document = ${document}`)]),
  ];
  const rows = await Promise.all(queries.map((query) => tx.run(query)));
  return rows.flat().filter((row) => row.id !== except);
}

/** Adds up to `limit` clients of large imports to the search index. @returns the number added */
export async function indexClients(tx: Transaction, limit: number): Promise<number> {
  const rows = await tx.run(sql<{ taken: number }>`select app.index_clients(${limit}) as taken`);
  return onlyRow(rows).taken;
}

/** The area code of phones that are written without one, if the clinic has said which. */
export async function findAreaCode(tx: Transaction): Promise<string | null> {
  return (await tx.run(qb.selectFrom('clinics').select('area_code')))[0]?.area_code ?? null;
}

/** The clinic of the transaction. */
export async function findClinic(tx: Transaction): Promise<{ id: string; name: string } | undefined> {
  return (await tx.run(qb.selectFrom('clinics').select(['id', 'name'])))[0];
}

/**
 * Removes what identifies the person from a client, the records merged into it and their history. The SQL function replaces some
 * values and empties the history; the table of fields says which columns are emptied here.
 */
export const anonymizeRecords = (tx: Transaction, id: string): Promise<unknown> =>
  Promise.all([
    // First, because it needs the names.
    tx.run(sql`select app.anonymize_client(${id})`),
    tx.run(
      qb
        .updateTable('clients')
        .set(emptied)
        .where('clinic_id', '=', sql<string>`app.current_clinic()`)
        .where('id', 'in', sql<string>`(select app.records_of(${id}))`),
    ),
  ]);

const emptied: Updateable<DB['clients']> = Object.fromEntries(
  fieldNames
    .map(definitionOf)
    .filter(({ anonymized }) => anonymized === undefined)
    .map(({ column, kind }) => [column, kind === 'tags' ? [] : null]),
);
