import { isDeadlock, isUnavailable } from '../../db/errors.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { JobCaller } from '../../jobs/queue.ts';
import { wholeChange } from '../clients/api.ts';
import { recordImportEvent } from './audit-trail.ts';
import { currentRole, NotAllowed } from './authority.ts';
import { type FieldChange, type KnownClient, unchanged } from './engine/known-client.ts';
import { ChangedMeanwhile, ImportStore } from './engine/store.ts';
import { connectForImport } from './import-lock.ts';
import { importScope } from './policy.ts';
import { changeImport, findImport, type ImportRow } from './queries.ts';
import type { ImportDependencies } from './run-import.ts';
import type { TextField } from './reading/rows.ts';
import { archiveAsImported, type ChangedClient, deleteCreated, listChanged, listLeft } from './undo-queries.ts';

/** Which import is undone, and by whom. */
export interface UndoRequest {
  readonly importId: string;
  readonly actorId: string;
  readonly sessionId: string | null;
  readonly asked?: JobCaller;
}

/** `imports.undo`: what happened to the clients that the import had created or changed. */
export interface UndoResult {
  removed: number;
  restored: number;
  /** Clients that somebody has changed since, or that are no longer the person's to change. */
  kept: number;
  /** The first of them with the fields that stay; without fields, the whole client stays. */
  readonly keptClients: { readonly id: string; readonly fields: readonly string[] }[];
}

const shown = 100;
const attempts = 3;

/**
 * Undoes an import whose status is `undoing`, all or nothing: removes clients that it created and nobody has changed, and
 * restores fields that nobody has changed since. Clients that the person may not change by now are left alone. If that fails,
 * the import is `done` again.
 */
export async function undoImport(deps: ImportDependencies, request: UndoRequest): Promise<void> {
  const { db } = deps;
  const found = await db.system((tx) => findImport(tx, request.importId));
  if (found?.status !== 'undoing') return;
  const connection = await connectForImport(deps.url, { importId: found.id, clinicId: found.clinic_id });
  if (connection === undefined) return;
  try {
    for (let attempt = 1; ; attempt++) {
      const store = new ImportStore(connection.client, {
        clinicId: found.clinic_id,
        importId: null,
        action: 'import_undone',
        actorId: request.actorId,
        sessionId: request.sessionId,
        indexLater: false,
      });
      try {
        await undoOnce(store, deps, found, request);
        return;
      } catch (error) {
        await store.rollback().catch(() => undefined);
        if ((error instanceof ChangedMeanwhile || isDeadlock(error)) && attempt < attempts) continue;
        const failure = error instanceof NotAllowed ? notAllowed : undefined;
        if (failure === undefined && !isUnavailable(error)) deps.onError?.(error);
        await db.system((tx) => tx.run(changeImport(found.id, { status: 'done', failure })));
        return;
      }
    }
  } finally {
    await connection.close();
  }
}

/** `imports.failure` of an import that stays because its undoing was not the person's to ask for any more. */
const notAllowed = { code: 'no_longer_allowed', line: null, column: null, details: {} };

/** Whose clients the undoing may reach, by the role of this moment; undefined for everybody's. Throws NotAllowed. */
async function reachOf(tx: Transaction, found: ImportRow, request: UndoRequest): Promise<string | undefined> {
  const { actorId: professionalId, sessionId } = request;
  const role = await currentRole(tx, { clinicId: found.clinic_id, professionalId, sessionId });
  const scope = importScope({ role, professionalId });
  if (scope !== undefined && found.created_by !== scope) throw new NotAllowed('no_longer_allowed');
  return scope;
}

async function undoOnce(
  store: ImportStore,
  deps: ImportDependencies,
  found: ImportRow,
  request: UndoRequest,
): Promise<void> {
  const owner = await deps.db.system((tx) => reachOf(tx, found, request));
  await store.begin();
  const result: UndoResult = { removed: 0, restored: 0, kept: 0, keptClients: [] };
  const keep = (id: string, fields: readonly string[]): void => {
    result.kept += 1;
    if (result.keptClients.length < shown) result.keptClients.push({ id, fields });
  };
  const archived = await archiveAsImported(store, found, { ...request, owner });
  result.removed = (await deleteCreated(store, found, owner)) + archived.length;
  for (const id of await listLeft(store, found, archived)) keep(id, []);
  for (let after = nobody; ;) {
    const chunk = await listChanged(store, found, after);
    const last = chunk.at(-1);
    if (last === undefined) break;
    after = last.client.id;
    const restored = await restore(store, chunk, { owner, keep });
    result.restored += restored.length;
    await store.write([], restored);
  }
  await store.finish(0);
  if ((await reachOf(store, found, request)) !== owner) throw new ChangedMeanwhile();
  await store.run(changeImport(found.id, { status: 'undone', undo: result, failure: null }));
  await recordImportEvent(
    store,
    { ...found, source: 'web', created_by: request.actorId, session_id: request.sessionId },
    'import_undone',
    request.asked,
  );
  await store.commit();
}

const nobody = '00000000-0000-0000-0000-000000000000';

async function restore(
  store: ImportStore,
  chunk: readonly ChangedClient[],
  {
    owner,
    keep,
  }: { readonly owner: string | undefined; readonly keep: (id: string, fields: readonly string[]) => void },
): Promise<KnownClient[]> {
  const owners = await findOwners(store, chunk);
  return chunk.flatMap(({ client, archived, changes: kept }) => {
    if (archived || (owner !== undefined && client.professionalId !== owner)) {
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

/** Equal as JSON, whatever the order of an object's keys. */
const sameValue = (a: unknown, b: unknown): boolean => {
  const spelled = (value: unknown): string =>
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
        : inner,
    );
  return spelled(a ?? null) === spelled(b ?? null);
};

const isAsImported = (client: KnownClient, { field, to }: FieldChange): boolean =>
  sameValue(valueOf(client, field), to);

/** The current owners of documents and phones that would be restored. */
type Owners = ReadonlyMap<string, readonly KnownClient[]>;

async function findOwners(store: ImportStore, chunk: readonly ChangedClient[]): Promise<Owners> {
  const wanted = { document: new Set<string>(), phone: new Set<string>() };
  for (const { changes } of chunk)
    for (const { field, from } of changes)
      if ((field === 'document' || field === 'phone') && typeof from === 'string') wanted[field].add(from);
  const found = await store.find({ document: wanted.document, phone: wanted.phone, email: new Set(), name: new Set() });
  const owners = new Map<string, KnownClient[]>();
  for (const client of found)
    for (const key of [client.values.document, client.values.phone])
      if (key !== undefined) owners.set(key, [...(owners.get(key) ?? []), client]);
  return owners;
}

const isTaken = (owners: Owners, client: KnownClient, value: unknown): boolean =>
  typeof value === 'string' && (owners.get(value) ?? []).some((owner) => owner.id !== client.id);

/** A document that somebody else has in the meantime stays theirs; a phone can be shared. */
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
