import type { TextField } from '../../../../shared/client-fields.ts';
import { reaches, type Scope } from '../../../../shared/permissions.ts';
import { wholeChange } from '../../clients/api.ts';
import {
  type BulkClients,
  type ChangedClient,
  type FieldChange,
  type KnownClient,
  unchanged,
} from '../../clients/bulk-api.ts';
import { isSameValue } from '../../../../shared/same-value.ts';

interface Restoring {
  /** The clients that may be restored. */
  readonly scope: Scope;
  /** Called with a client that is not restored, or only some of whose fields are: `fields` are those that are not. */
  readonly keep: (id: string, fields: readonly string[]) => void;
}

/** Computes the clients whose changes by an import can be undone. @returns them in their restored state */
export async function restoreClients(
  clients: BulkClients,
  chunk: readonly ChangedClient[],
  { scope, keep }: Restoring,
): Promise<KnownClient[]> {
  const owners = await findOwners(clients, chunk);
  return chunk.flatMap(({ client, archived, changes: kept }) => {
    if (archived || !reaches(scope, client.professionalId)) {
      keep(client.id, []);
      return [];
    }
    const changes = kept.map((change) => wholeChange(change, client.extra));
    const [back, left] = divide(changes, (change) => isAsImported(client, change) && isFree(owners, client, change));
    if (left.length > 0)
      keep(
        client.id,
        left.map(({ field }) => field),
      );
    if (back.length === 0) return [];
    const reversed = back.map(({ field, from, to }) => ({ field, from: to, to: from }));
    return [withChanges(client, reversed, owners)];
  });
}

function divide<T>(items: readonly T[], belongs: (item: T) => boolean): [T[], T[]] {
  const groups: [T[], T[]] = [[], []];
  for (const item of items) groups[belongs(item) ? 0 : 1].push(item);
  return groups;
}

const valueOf = (client: KnownClient, field: FieldChange['field']): unknown =>
  field === 'tags' || field === 'extra' || field === 'professionalId' ? client[field] : (client.values[field] ?? null);

const isAsImported = (client: KnownClient, { field, to }: FieldChange): boolean =>
  isSameValue(valueOf(client, field), to);

/** Clients who now have the documents and phones to be restored. */
type Owners = ReadonlyMap<string, readonly KnownClient[]>;

async function findOwners(clients: BulkClients, chunk: readonly ChangedClient[]): Promise<Owners> {
  const wanted = { document: new Set<string>(), phone: new Set<string>() };
  for (const { changes } of chunk)
    for (const { field, from } of changes)
      if ((field === 'document' || field === 'phone') && typeof from === 'string') wanted[field].add(from);
  const found = await clients.find({
    document: wanted.document,
    phone: wanted.phone,
    email: new Set(),
    name: new Set(),
  });
  const owners = new Map<string, KnownClient[]>();
  for (const client of found)
    for (const key of [client.values.document, client.values.phone])
      if (key !== undefined) owners.set(key, [...(owners.get(key) ?? []), client]);
  return owners;
}

const isTaken = (owners: Owners, client: KnownClient, value: unknown): boolean =>
  typeof value === 'string' && (owners.get(value) ?? []).some((owner) => owner.id !== client.id);

/** A document that somebody else has by now is not restored. A phone is, because phones can be shared. */
const isFree = (owners: Owners, client: KnownClient, { field, from }: FieldChange): boolean =>
  field !== 'document' || !isTaken(owners, client, from);

function withChanges(client: KnownClient, changes: readonly FieldChange[], owners: Owners): KnownClient {
  const next: KnownClient = { ...client, values: { ...client.values }, pending: changes, changedBy: unchanged };
  for (const { field, to } of changes) {
    if (field === 'tags') next.tags = to as string[];
    else if (field === 'extra') next.extra = to as KnownClient['extra'];
    else if (field === 'professionalId') next.professionalId = to as string;
    else setText(next, field, to as string | null);
    if (field === 'phone') next.phoneShared = isTaken(owners, client, to);
  }
  return next;
}

function setText(client: KnownClient, field: TextField, value: string | null): void {
  if (value === null) Reflect.deleteProperty(client.values, field);
  else client.values[field] = value;
}
