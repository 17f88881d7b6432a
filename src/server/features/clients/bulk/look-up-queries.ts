import type { TextField } from '../../../../shared/client-fields.ts';
import type pg from 'pg';
import type { Scope } from '../../../../shared/permissions.ts';
import { byKeys, byNames, selectByKeys, selectByNames } from './by-keys-queries.ts';
import { textColumns } from './client-columns.ts';
import {
  makeBareKey,
  crowd,
  type FieldChange,
  type Keys,
  type KnownClient,
  printFields,
  printOf,
  splitBareKey,
} from './known-client.ts';

/** Which clients an import can find. */
export interface LookupScope {
  readonly clinicId: string;
  /** The import that creates clients; null when one is undone. */
  readonly importId: string | null;
  /** True: writes only to temporary tables. */
  readonly dryRun?: boolean;
  /** The clients that the import may change. Others are found only by document and phone, which the form reveals too. */
  readonly scope: Scope;
}

/** Keys to look for. */
export type Lookup = Readonly<Record<keyof Keys, ReadonlySet<string>>>;

/** Somebody whose phone or e-mail may be shared by many; told apart by name and birth date. */
export interface Sharer {
  readonly phone: string | undefined;
  readonly email: string | undefined;
  readonly name: string;
  readonly birth: string | null;
}

/**
 * The professional whose clients are found by document and phone (`takenOf`), and by e-mail and name (`ownOf`); null for the
 * whole clinic. In a dry run a professional learns nothing about colleagues' clients.
 */
function chooseOwners({ dryRun, scope }: LookupScope): {
  readonly takenOf: string | null;
  readonly ownOf: string | null;
} {
  const ownOf = scope.whole ? null : scope.professionalId;
  return { takenOf: dryRun === true ? ownOf : null, ownOf };
}

interface KeyRow {
  readonly id: string;
  readonly document: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly birth: string | null;
  readonly owner: string;
}

/** Yields the keys of all active clients that the scope may find, in batches. */
export async function* listKeys(client: pg.ClientBase, scope: LookupScope): AsyncGenerator<readonly Keys[]> {
  const { takenOf, ownOf } = chooseOwners(scope);
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await client.query<KeyRow>(
      `select id, document, phone, lower(email) as email, full_name as name, date_of_birth as birth, professional_id as owner
        from clients
        where clinic_id = $1 and archived_at is null and id > $2 and ($3::uuid is null or professional_id = $3)
        order by id limit 20000`,
      [scope.clinicId, after, takenOf],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(({ document, phone, email, name, birth, owner }) => {
      const isOwn = ownOf === null || owner === ownOf;
      const isBare = document === null && phone === null && email === null;
      return {
        document: document ?? undefined,
        phone: phone ?? undefined,
        email: isOwn ? (email ?? undefined) : undefined,
        name: isOwn && isBare ? makeBareKey(name ?? '', birth) : undefined,
      };
    });
    after = last.id;
  }
}

/** A client with nothing but the name, and the date of birth that tells namesakes apart. */
export interface NamedClient {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly socialName: string;
  readonly dateOfBirth: string | null;
}

/** Yields the names of all active clients that the import may change, in batches. */
export async function* listNames(client: pg.ClientBase, scope: LookupScope): AsyncGenerator<readonly NamedClient[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await client.query<NamedClient>(
      `select id, first_name as "firstName", coalesce(last_name, '') as "lastName",
          coalesce(social_name, '') as "socialName", date_of_birth as "dateOfBirth"
        from clients
        where clinic_id = $1 and archived_at is null and id > $2 and ($3::uuid is null or professional_id = $3)
        order by id limit 20000`,
      [scope.clinicId, after, chooseOwners(scope).ownOf],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.id;
  }
}

/** The prints (printOf) of the archived clients that the scope may find. */
export async function listArchived(client: pg.ClientBase, { clinicId, scope }: LookupScope): Promise<Set<string>> {
  const columns = textColumns.filter(([field]) => (printFields as readonly string[]).includes(field));
  const { rows } = await client.query<Record<string, string | null>>(
    `select ${columns.map(([, column]) => column).join(', ')} from clients
      where clinic_id = $1 and archived_at is not null and ($2::uuid is null or professional_id = $2)`,
    [clinicId, scope.whole ? null : scope.professionalId],
  );
  return new Set(
    rows.map((row) =>
      printOf({ values: Object.fromEntries(columns.map(([field, column]) => [field, row[column] ?? undefined])) }),
    ),
  );
}

/** @returns the number of active clients, at most `atMost` */
export async function countClients(client: pg.ClientBase, clinicId: string, atMost: number): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::integer from (select from clients where clinic_id = $1 and archived_at is null limit $2) as found`,
    [clinicId, atMost],
  );
  return rows[0]?.count ?? 0;
}

/**
 * Finds the active clients that have one of the keys, including the import's changes. When very many share a phone or e-mail,
 * finds some of them, and those with the names of `sharers`.
 */
export async function findClients(
  client: pg.ClientBase,
  scope: LookupScope,
  { document, phone, email, name }: Lookup,
  sharers: readonly Sharer[],
): Promise<KnownClient[]> {
  if ([document, phone, email, name].every((wanted) => wanted.size === 0)) return [];
  const inScope = { importId: scope.importId, clinicId: scope.clinicId, ...chooseOwners(scope) };
  const lookUp = async (statement: string, text: string, values: unknown[]): Promise<StoredRow[]> =>
    (await client.query<StoredRow>({ name: statement, text, values })).rows;
  const bare = [...name].map(splitBareKey);
  const rows = await lookUp(
    'clients by keys',
    selectByKeys,
    byKeys.valuesOf({
      ...inScope,
      documents: [...document],
      phones: [...phone],
      emails: [...email],
      names: bare.map((key) => key.name),
      births: bare.map((key) => key.birth),
    }),
  );
  const crowds = listCrowds(rows);
  if (crowds.size > 0) {
    const byPhone = sharers.filter((sharer) => crowds.has(sharer.phone ?? ''));
    const byEmail = sharers.filter((sharer) => crowds.has(sharer.email ?? ''));
    const named = byNames.valuesOf({
      ...inScope,
      phones: byPhone.map((sharer) => sharer.phone),
      phoneNames: byPhone.map((sharer) => sharer.name),
      phoneBirths: byPhone.map((sharer) => sharer.birth),
      emails: byEmail.map((sharer) => sharer.email),
      emailNames: byEmail.map((sharer) => sharer.name),
      emailBirths: byEmail.map((sharer) => sharer.birth),
    });
    rows.push(...(await lookUp('clients by names', selectByNames, named)));
  }
  const clients = new Map<string, KnownClient>();
  for (const row of rows) if (row.stale !== true && !clients.has(row.id)) clients.set(row.id, toKnownClient(row));
  return [...clients.values()];
}

/** The phones and e-mails that more than `crowd` clients have. */
function listCrowds(rows: readonly StoredRow[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { key } of rows) if (key != null) counts.set(key, (counts.get(key) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > crowd).map(([key]) => key));
}

/** A client as the statements return it. */
export interface StoredRow {
  readonly id: string;
  readonly version: number;
  readonly professional_id: string;
  readonly phone_shared: boolean;
  readonly tags: string[];
  readonly extra: Record<string, string | null> | null;
  readonly created: boolean | null;
  readonly changes: readonly FieldChange[];
  readonly changed_rows: number;
  readonly line: number;
  /** The phone or e-mail by which it was found. */
  readonly key?: string | null;
  readonly stale?: boolean;
  readonly [column: string]: unknown;
}

/** Converts a stored client. */
export function toKnownClient(row: StoredRow): KnownClient {
  const values: Partial<Record<TextField, string>> = {};
  for (const [field, column] of textColumns) {
    const value = row[column];
    if (typeof value === 'string' && value !== '') values[field] = value;
  }
  return {
    id: row.id,
    version: row.version,
    created: row.created ?? false,
    pending: row.changes,
    changedBy: { rows: row.changed_rows, line: row.line },
    professionalId: row.professional_id,
    phoneShared: row.phone_shared,
    values,
    tags: row.tags,
    extra: row.extra,
  };
}
