import { sql } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import type { Json } from '../../db/schema.generated.ts';
import type { Transaction } from '../../db/transaction.ts';
import { type ClientValues, fieldColumns, type FieldChange } from './fields.ts';

const columns = [
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

const summaryColumns = [
  'c.id',
  'c.first_name',
  'c.last_name',
  'c.social_name',
  'c.full_name',
  'c.email',
  'c.phone',
  'c.document',
  'c.date_of_birth',
  'c.city',
  'c.state',
  'c.tags',
  'c.professional_id',
  'c.created_at',
  'c.updated_at',
  'c.archived_at',
] as const;

export { columns as clientColumns };

/** Narrows a statement to the clients of one professional; undefined means the whole clinic. */
export type OwnerScope = string | undefined;

const selectClient = (id: string, owner: OwnerScope) =>
  qb
    .selectFrom('clients')
    .select(columns)
    .where('id', '=', id)
    .$if(owner !== undefined, (query) => query.where('professional_id', '=', owner ?? ''));

export type ClientRow = Awaited<ReturnType<ReturnType<typeof selectClient>['executeTakeFirstOrThrow']>>;

export async function findClient(tx: Transaction, id: string, owner: OwnerScope): Promise<ClientRow | undefined> {
  return (await tx.run(selectClient(id, owner)))[0];
}

/** The same, held until the transaction ends. */
export async function lockClient(tx: Transaction, id: string, owner: OwnerScope): Promise<ClientRow | undefined> {
  return (await tx.run(selectClient(id, owner).forUpdate()))[0];
}

/** Whether a client is there to be seen, as a condition of another statement. */
export const clientExists = (id: string, owner: OwnerScope) => selectClient(id, owner).clearSelect().select('id');

/** What narrows a list; the function in the database reads it (migrations, app.search_clients). */
export interface ClientConditions {
  readonly professionalId?: string | undefined;
  readonly city?: string | undefined;
  readonly state?: string | undefined;
  readonly tag?: string | undefined;
  readonly birthMonth?: number | undefined;
  readonly status: 'active' | 'archived';
  readonly sort: 'name' | '-createdAt' | '-updatedAt';
}

export interface ListRequest {
  readonly query: string;
  /** Look for names that nearly match. */
  readonly near: boolean;
  readonly conditions: ClientConditions;
  readonly after: { readonly key: string; readonly id: string } | undefined;
  readonly limit: number;
}

const found = ({ query, near, conditions, after, limit }: ListRequest) =>
  sql<{ id: string; position: string }>`app.search_clients(
    ${query}, ${near}, ${JSON.stringify(conditions)}::jsonb, ${after?.key ?? null}, ${after?.id ?? null}::uuid, ${limit}
  ) with ordinality`.as<'found'>(sql`found(id, position)`);

const selectList = (request: ListRequest) =>
  qb
    .selectFrom(found(request))
    .innerJoin('clients as c', (join) => join.on(sql`c.id`, '=', sql`found.id`))
    .where('c.clinic_id', '=', sql<string>`app.current_clinic()`)
    .orderBy(sql`found.position`);

/** A page of the list, in its order. */
export const listClients = (tx: Transaction, request: ListRequest) =>
  tx.run(
    selectList(request)
      .select(summaryColumns)
      // To the microsecond, which a Date does not hold: rows written together share the millisecond.
      .select(sql<string>`(extract(epoch from c.updated_at) * 1000000)::bigint`.as('updated_micros')),
  );

export type ClientSummaryRow = Awaited<ReturnType<typeof listClients>>[number];

/** Makes the functions of the list see one clinic in a transaction that has no session. */
export const narrowToClinic = (tx: Transaction, clinicId: string): Promise<unknown> =>
  tx.run(sql`select set_config('app.clinic_id', ${clinicId}, true)`.compile(qb));

/** A page of the list with every column, for the export. */
export const listWholeClients = (tx: Transaction, request: ListRequest) =>
  tx.run(selectList(request).select(columns.map((column) => `c.${column}` as const)));

/** How many match, counted up to `atMost`. */
export async function countClients(tx: Transaction, request: ListRequest, atMost: number): Promise<number> {
  const rows = await tx.run<{ count: number }>(
    sql<{ count: number }>`select app.count_clients(
      ${request.query}, ${request.near}, ${JSON.stringify(request.conditions)}::jsonb, ${atMost}
    ) as count`.compile(qb),
  );
  return rows[0]?.count ?? 0;
}

const writable = (values: ClientValues) =>
  Object.fromEntries(
    Object.entries(values).map(([column, value]) => [
      column,
      column === 'extra' && value !== null ? JSON.stringify(value) : value,
    ]),
  );

interface NewClient {
  readonly id: string;
  readonly clinicId: string;
  readonly firstName: string;
  readonly professionalId: string;
  readonly phoneShared: boolean;
  readonly values: ClientValues;
}

export async function insertClient(tx: Transaction, client: NewClient): Promise<ClientRow> {
  const rows = await tx.run(
    qb
      .insertInto('clients')
      .values({
        ...writable(client.values),
        first_name: client.firstName,
        professional_id: client.professionalId,
        id: client.id,
        clinic_id: client.clinicId,
        phone_shared: client.phoneShared,
      })
      .returning(columns),
  );
  return only(rows);
}

/** Writes columns of a client as its next version. */
export async function updateClient(
  tx: Transaction,
  id: string,
  values: ClientValues & {
    readonly phone_shared?: boolean;
    readonly archived_at?: Date | null;
    readonly merged_into?: string | null;
  },
): Promise<ClientRow> {
  const rows = await tx.run(
    qb
      .updateTable('clients')
      .set((eb) => ({ ...writable(values), version: eb('version', '+', 1), updated_at: sql`now()` }))
      .where('id', '=', id)
      .returning(columns),
  );
  return only(rows);
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('the statement gave no row');
  return row;
}

export type VersionAction = 'create' | 'update' | 'archive' | 'restore';

interface NewVersion {
  readonly clinicId: string;
  readonly clientId: string;
  readonly version: number;
  readonly professionalId: string;
  readonly sessionId: string;
  readonly action: VersionAction | 'anonymize' | 'merge' | 'unmerge';
  readonly mergeId?: string;
  readonly changes: readonly FieldChange[];
}

/** Keeps what a change replaced. */
export const insertVersion = (tx: Transaction, version: NewVersion): Promise<unknown> =>
  tx.run(
    qb.insertInto('client_versions').values({
      clinic_id: version.clinicId,
      client_id: version.clientId,
      version: version.version,
      professional_id: version.professionalId,
      session_id: version.sessionId,
      action: version.action,
      changes: JSON.stringify(version.changes),
      merge_id: version.mergeId ?? null,
    }),
  );

export const listVersions = (tx: Transaction, clientId: string) =>
  tx.run(
    qb
      .selectFrom('client_versions as v')
      .innerJoin('professionals as p', (join) =>
        join.onRef('p.clinic_id', '=', 'v.clinic_id').onRef('p.id', '=', 'v.professional_id'),
      )
      .select(['v.version', 'v.at', 'v.action', 'v.changes', 'p.id as professional_id', 'p.first_name', 'p.last_name'])
      .where('v.client_id', '=', clientId)
      .unionAll(selectImportOf(clientId))
      .orderBy('version', 'desc'),
  );

/** The first version of a client that an import made: the import's row says who and when, once for all of them. */
const selectImportOf = (clientId: string) =>
  qb
    .selectFrom('clients as c')
    .innerJoin('imports as i', (join) =>
      join.onRef('i.clinic_id', '=', 'c.clinic_id').onRef('i.id', '=', 'c.import_id'),
    )
    .innerJoin('professionals as p', (join) =>
      join.onRef('p.clinic_id', '=', 'i.clinic_id').onRef('p.id', '=', 'i.created_by'),
    )
    .select([
      sql<number>`1`.as('version'),
      'c.created_at as at',
      sql<string>`'import'`.as('action'),
      sql<Json>`'[]'::jsonb`.as('changes'),
      'p.id as professional_id',
      'p.first_name',
      'p.last_name',
    ])
    .where('c.id', '=', clientId);

export type VersionRow = Awaited<ReturnType<typeof listVersions>>[number];

interface Identity {
  readonly phone: string | null | undefined;
  readonly document: string | null | undefined;
  /** The client itself, which is no duplicate. */
  readonly except?: string;
}

/** Active clients of the clinic that have this phone or this document. */
export async function listDuplicates(tx: Transaction, identity: Identity) {
  const select = (condition: ReturnType<typeof sql<boolean>>) =>
    qb
      .selectFrom('clients')
      .select(['id', 'full_name', 'professional_id', 'phone', 'phone_shared', 'document'])
      .where('archived_at', 'is', null)
      .where(condition)
      .limit(3);
  const { phone, document, except } = identity;
  const queries = [
    ...(phone == null
      ? []
      : [
          select(sql<boolean>`phone = ${phone} and not phone_shared`),
          select(sql<boolean>`phone = ${phone} and phone_shared`),
        ]),
    ...(document == null ? [] : [select(sql<boolean>`document = ${document}`)]),
  ];
  const rows = await Promise.all(queries.map((query) => tx.run(query)));
  return rows.flat().filter((row) => row.id !== except);
}

export type DuplicateRow = Awaited<ReturnType<typeof listDuplicates>>[number];

/** Whether a professional of the clinic can be given clients. */
export async function isActiveProfessional(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.run(
    qb
      .selectFrom('professionals')
      .select('id')
      .where('id', '=', id)
      .where('deactivated_at', 'is', null)
      .where('role', '<>', 'reception'),
  );
  return rows.length === 1;
}

/** Takes up to `limit` clients of large imports into the search index; gives how many. */
export async function indexClients(tx: Transaction, limit: number): Promise<number> {
  const rows = await tx.run(sql<{ taken: number }>`select app.index_clients(${limit}) as taken`.compile(qb));
  return only(rows).taken;
}
