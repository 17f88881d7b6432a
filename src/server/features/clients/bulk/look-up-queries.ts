import type { TextField } from '../../../../shared/client-fields.ts';
import type pg from 'pg';
import type { Scope } from '../../../../shared/permissions.ts';
import { byKeys, byNames, selectByKeys, selectByNames } from './by-keys-queries.ts';
import { textColumns } from './client-columns.ts';
import { bareKey, crowd, type FieldChange, type Keys, type KnownClient, partsOfBareKey } from './known-client.ts';

/** What is looked at. */
export interface LookupScope {
  readonly clinicId: string;
  /** The import that the new clients belong to; none when one is undone. */
  readonly importId: string | null;
  /** Nothing is written but to tables of the import's own. */
  readonly dryRun?: boolean;
  /** The clients that the import may touch; others are found by what the form tells of them, too. */
  readonly scope: Scope;
}

/** Keys to look for. */
export type Lookup = Readonly<Record<keyof Keys, ReadonlySet<string>>>;

/** What tells those who share a phone or an e-mail from each other. */
export interface Sharer {
  readonly phone: string | undefined;
  readonly email: string | undefined;
  readonly name: string;
  readonly birth: string | null;
}

/**
 * Whose clients are found by document and phone, and whose by e-mail and name; null for the whole clinic. Before anything is
 * written, a professional is told nothing of clients of colleagues.
 */
function ownersOf({ dryRun, scope }: LookupScope): {
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

/** The keys of every active client that may be found, in batches. */
export async function* listKeys(client: pg.ClientBase, scope: LookupScope): AsyncGenerator<readonly Keys[]> {
  const { takenOf, ownOf } = ownersOf(scope);
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
        name: isOwn && isBare ? bareKey(name ?? '', birth) : undefined,
      };
    });
    after = last.id;
  }
}

/** @returns the number of active clients, or `atMost` where there are more. */
export async function countClients(client: pg.ClientBase, clinicId: string, atMost: number): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::integer from (select from clients where clinic_id = $1 and archived_at is null limit $2) as found`,
    [clinicId, atMost],
  );
  return rows[0]?.count ?? 0;
}

/**
 * The active clients that have one of the keys, as the import has changed them. Where very many share a phone or an e-mail,
 * some of them, and those whose names the sharers have.
 */
export async function findClients(
  client: pg.ClientBase,
  scope: LookupScope,
  { document, phone, email, name }: Lookup,
  sharers: readonly Sharer[],
): Promise<KnownClient[]> {
  if ([document, phone, email, name].every((wanted) => wanted.size === 0)) return [];
  const inScope = { importId: scope.importId, clinicId: scope.clinicId, ...ownersOf(scope) };
  const lookUp = async (statement: string, text: string, values: unknown[]): Promise<StoredRow[]> =>
    (await client.query<StoredRow>({ name: statement, text, values })).rows;
  const bare = [...name].map(partsOfBareKey);
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
  const crowds = crowdsOf(rows);
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
  for (const row of rows) if (row.stale !== true && !clients.has(row.id)) clients.set(row.id, knownClient(row));
  return [...clients.values()];
}

/** Keys that more clients have than are compared. */
function crowdsOf(rows: readonly StoredRow[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { key } of rows) if (key != null) counts.set(key, (counts.get(key) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > crowd).map(([key]) => key));
}

/** A client as the statements give it. */
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
  /** The phone or e-mail that it was found by. */
  readonly key?: string | null;
  readonly stale?: boolean;
  readonly [column: string]: unknown;
}

/** A stored client as an import knows it. */
export function knownClient(row: StoredRow): KnownClient {
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
