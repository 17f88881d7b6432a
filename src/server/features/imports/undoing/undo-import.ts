import type pg from 'pg';
import { reaches, type Scope, wholeClinic } from '../../../../shared/permissions.ts';
import { retry } from '../../../../shared/retry.ts';
import { brokenConstraint, isDeadlock, isUnavailable } from '../../../db/errors.ts';
import type { Transaction } from '../../../db/transaction.ts';
import type { JobCaller } from '../../../jobs/queue.ts';
import {
  archiveAsImported,
  BulkClients,
  ChangedMeanwhile,
  listChanged,
  listLeft,
  lockAsCreated,
  removeAsCreated,
  type Undone,
} from '../../clients/bulk-api.ts';
import { takeImportedBack } from '../../appointments/bulk-api.ts';
import { forgetDismissals, listDismissed } from '../../duplicates/dismissals-api.ts';
import { ofWhole, type UndoFailureCode } from '../reporting/messages.ts';
import type { ImportDependencies } from '../running/dependencies.ts';
import { ImportTransaction } from '../running/import-transaction.ts';
import { restoreClients } from './restore-clients.ts';
import { recordImportEvent } from '../running/audit-trail.ts';
import { currentRole, NotAllowed } from '../access/authority.ts';
import { connectForImport } from '../running/import-lock.ts';
import { importScope } from '../access/policy.ts';
import { changeImport, findImport, type StoredImport } from '../stored/import-queries.ts';

/** Which import to undo, and who requested it. */
export interface UndoRequest {
  readonly importId: string;
  readonly actorId: string;
  readonly sessionId: string | null;
  readonly asked?: JobCaller;
}

/** The JSON in `imports.undo`: what happened to the clients that the import had created or changed. */
export interface UndoResult {
  readonly removed: number;
  readonly restored: number;
  /** The number of clients that were not, or not fully, undone: changed since, or no longer the person's. */
  readonly kept: number;
  /** The first of them, with the fields that were not undone; no fields means the whole client. */
  readonly keptClients: { readonly id: string; readonly fields: readonly string[] }[];
  /** Missing in what an earlier release wrote. */
  readonly appointments?: {
    readonly removed: number;
    readonly kept: number;
    readonly first: readonly { readonly id: string; readonly clientId: string; readonly startAt: string }[];
  };
}

const shown = 100;

/**
 * Undoes an import whose status is `undoing`, in one transaction: removes appointments and clients that it created and nobody has
 * changed, and restores fields that nobody has changed since. What the person may not change any more is left alone. If it
 * fails, the import is `done` again and its failure says why.
 */
export async function undoImport(deps: ImportDependencies, request: UndoRequest): Promise<void> {
  const { db } = deps;
  const found = await db.system((tx) => findImport(tx, request.importId));
  if (found?.status !== 'undoing') return;
  const connection = await connectForImport(deps.url, { importId: found.id, clinicId: found.clinic_id });
  if (connection === undefined) return;
  try {
    await attemptRepeatedly(connection.client, deps, found, request);
  } finally {
    await connection.close();
  }
}

/** Starts over, at most twice, when somebody changed a client in the meantime. */
async function attemptRepeatedly(
  connection: pg.ClientBase,
  deps: ImportDependencies,
  found: StoredImport,
  request: UndoRequest,
): Promise<void> {
  const attempt = async (): Promise<void> => {
    const transaction = new ImportTransaction(connection);
    try {
      await undoOnce(transaction, connection, deps, { found, request });
    } catch (error) {
      await transaction.rollback().catch(() => undefined);
      throw error;
    }
  };
  try {
    await retry(attempt, { attempts: 3, when: isRace });
  } catch (error) {
    const failure = failureOf(error);
    if (failure === 'not_undone') deps.onError?.(error);
    await deps.db.system((tx) => tx.run(changeImport(found.id, { status: 'done', failure: ofWhole(failure) })));
  }
}

/**
 * Whether somebody changed a client meanwhile, named one in a row of theirs, or took a document that was to be restored: then the
 * undoing can start over.
 */
const isRace = (error: unknown): boolean =>
  error instanceof ChangedMeanwhile || isDeadlock(error) || brokenConstraint(error) !== undefined;

/** What `imports.failure` says about an import that could not be undone. */
function failureOf(error: unknown): UndoFailureCode {
  if (error instanceof NotAllowed) return 'no_longer_allowed';
  if (error instanceof ChangedMeanwhile || isDeadlock(error)) return 'changed_while_undone';
  return isUnavailable(error) ? 'undo_interrupted' : 'not_undone';
}

/** The clients that the person may change, by their current role. Throws NotAllowed. */
async function scopeNow(tx: Transaction, found: StoredImport, request: UndoRequest): Promise<Scope> {
  const { actorId: professionalId, sessionId } = request;
  const role = await currentRole(tx, { clinicId: found.clinic_id, professionalId, sessionId });
  const scope = importScope({ role, clinicalAccess: true, professionalId });
  if (!reaches(scope, found.created_by)) throw new NotAllowed('no_longer_allowed');
  return scope;
}

interface Undoing {
  readonly found: StoredImport;
  readonly request: UndoRequest;
}

async function undoOnce(
  transaction: ImportTransaction,
  connection: pg.ClientBase,
  deps: ImportDependencies,
  { found, request }: Undoing,
): Promise<void> {
  const { actorId, sessionId } = request;
  const scope = await deps.db.system((tx) => scopeNow(tx, found, request));
  await transaction.begin();
  const clients = await BulkClients.open(connection, {
    clinicId: found.clinic_id,
    importId: null,
    action: 'import_undone',
    actorId,
    sessionId,
    indexLater: false,
    scope: wholeClinic,
  });
  const undone = { clinicId: found.clinic_id, importId: found.id, scope };
  const kept = new KeptClients();
  // Before the clients: nobody is removed who is still in the agenda.
  const appointments = await takeAppointmentsBack(transaction, undone);
  const archived = await archiveAsImported(transaction, undone, { actorId, sessionId });
  const removed = (await removeClients(transaction, undone)) + archived.length;
  for (const id of await listLeft(transaction, undone, archived)) kept.add(id, []);
  const restored = await restoreAll(transaction, clients, undone, kept);
  await clients.finish(0);
  if ((await scopeNow(transaction, found, request)).whole !== scope.whole) throw new ChangedMeanwhile();
  const result: UndoResult = { removed, restored, kept: kept.count, keptClients: kept.first, appointments };
  await transaction.run(changeImport(found.id, { status: 'undone', undo: result, failure: null }));
  await recordImportEvent(
    transaction,
    { ...found, source: 'web', created_by: actorId, session_id: sessionId },
    'import_undone',
    request.asked,
  );
  await transaction.commit();
}

async function takeAppointmentsBack(tx: Transaction, undone: Undone): Promise<Required<UndoResult>['appointments']> {
  const { removed, kept } = await takeImportedBack(tx, undone);
  const first = kept
    .slice(0, shown)
    .map(({ id, clientId, startAt }) => ({ id, clientId, startAt: startAt.toISOString() }));
  return { removed, kept: kept.length, first };
}

/** Deletes clients that are as the import created them, with their dismissals. @returns the number deleted */
async function removeClients(tx: Transaction, undone: Undone): Promise<number> {
  const dismissed = await lockAsCreated(tx, undone, await listDismissed(tx, undone.clinicId));
  await forgetDismissals(tx, undone.clinicId, dismissed);
  return removeAsCreated(tx, undone);
}

/** Restores what the import changed and nobody has changed since. @returns the number of clients restored */
async function restoreAll(tx: Transaction, clients: BulkClients, undone: Undone, kept: KeptClients): Promise<number> {
  let count = 0;
  let after = nobody;
  for (;;) {
    const chunk = await listChanged(tx, undone, after);
    const last = chunk.at(-1);
    if (last === undefined) return count;
    after = last.client.id;
    const restored = await restoreClients(clients, chunk, {
      scope: undone.scope,
      keep: (id, fields) => {
        kept.add(id, fields);
      },
    });
    count += restored.length;
    await clients.write([], restored);
  }
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** Collects clients that were not, or not fully, undone. */
class KeptClients {
  count = 0;
  readonly first: { readonly id: string; readonly fields: readonly string[] }[] = [];

  add(id: string, fields: readonly string[]): void {
    this.count += 1;
    if (this.first.length < shown) this.first.push({ id, fields });
  }
}
