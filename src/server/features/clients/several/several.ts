import type {
  LeftClient,
  LeftCode,
  SeveralChange,
  SeveralResult,
  SeveralUndone,
} from '../../../../shared/contracts/several-clients.ts';
import type { Database, Transaction } from '../../../db/transaction.ts';
import { conflict, DomainError, invalidField, notFound } from '../../../domain-error.ts';
import type { Actor } from '../../../http/actor.ts';
import { recordEvents } from '../../audit/api.ts';
import { findRoomForClients, refuseFull } from '../../clinics/limits-api.ts';
import { isActiveProfessional } from '../../professionals/api.ts';
import { spellTags } from '../../tags/api.ts';
import { auditActions } from '../audit-actions.ts';
import { assertMayWrite, assignScope, writingScope } from '../policy.ts';
import type { ClientRow } from '../queries.ts';
import type { ClientDependencies } from '../service.ts';
import { refuseTaken, runAgainAfterRace } from '../uniqueness.ts';
import { decide, decideUndo, type Decision } from './decide.ts';
import {
  insertBulkChange,
  listWritten,
  lockBulkChange,
  lockSeveral,
  markUndone,
  type SeveralWrite,
  writeSeveral,
} from './queries.ts';

const undoMinutes = 60;
const undoEndsAt = (madeAt: Date): Date => new Date(madeAt.getTime() + undoMinutes * 60_000);

interface Sorted {
  readonly writes: readonly SeveralWrite[];
  readonly unchanged: number;
  readonly left: readonly LeftClient[];
}

/** Sorts clients by what becomes of them. Those of `ids` that are not among the rows are left out as not found. */
async function sort(
  ids: readonly string[],
  rows: readonly ClientRow[],
  decideOne: (row: ClientRow) => Decision | Promise<Decision>,
): Promise<Sorted> {
  const seen = new Set(rows.map(({ id }) => id));
  const decisions = await Promise.all(rows.map(async (row) => ({ row, decision: await decideOne(row) })));
  return {
    writes: decisions.flatMap(({ row, decision }) => (decision.kind === 'write' ? [{ row, ...decision }] : [])),
    unchanged: decisions.filter(({ decision }) => decision.kind === 'unchanged').length,
    left: [
      ...decisions.flatMap(({ row, decision }) =>
        decision.kind === 'left' ? [{ id: row.id, name: row.full_name, code: decision.code }] : [],
      ),
      ...ids.filter((id) => !seen.has(id)).map((id) => ({ id, name: null, code: 'not_found' as const })),
    ],
  };
}

/** Turns a refusal about one client into its reason; any other error goes on. */
async function unlessRefused(
  decision: Decision,
  codes: readonly LeftCode[],
  check: () => Promise<unknown>,
): Promise<Decision> {
  try {
    await check();
    return decision;
  } catch (error) {
    const code = error instanceof DomainError ? codes.find((known) => known === error.code) : undefined;
    if (code === undefined) throw error;
    return { kind: 'left', code };
  }
}

const writeAll = (tx: Transaction, actor: Actor, writes: readonly SeveralWrite[]): Promise<unknown> =>
  Promise.all([
    writeSeveral(tx, actor, writes),
    recordEvents(
      tx,
      actor,
      writes.map(({ row, action }) => ({ action: auditActions[action], recordType: 'client', recordId: row.id })),
    ),
  ]);

/**
 * Changes several clients in one way and in one transaction. Clients who cannot be changed are left as they are and named; a
 * change that the person may make to nobody is refused. Throws forbidden, invalid_request.
 */
export async function changeSeveral(
  { db, contributions }: ClientDependencies,
  actor: Actor,
  ids: readonly string[],
  change: SeveralChange,
): Promise<SeveralResult> {
  const { professionalId, archive } = change;
  assertMayWrite(actor, professionalId === undefined ? {} : { professional_id: professionalId });
  const refuseArchiving = (tx: Transaction, id: string) =>
    Promise.all(
      contributions.clientRecords.map(async ({ beforeArchiving }) => beforeArchiving?.(tx, actor.clinicId, id)),
    );
  return db.write(actor, async (tx) => {
    const { addTag } = change;
    const [tags, rows, isKnown] = await Promise.all([
      spellTags(tx, actor.clinicId, addTag === undefined ? undefined : [addTag]),
      lockSeveral(tx, ids, professionalId === undefined ? writingScope(actor) : assignScope(actor)),
      professionalId === undefined || isActiveProfessional(tx, professionalId),
    ]);
    if (!isKnown) throw invalidField('change.professionalId', 'professional_not_found');
    const spelt = { ...change, addTag: tags?.[0] };
    const { writes, unchanged, left } = await sort(ids, rows, (row) => {
      const decision = decide(row, spelt);
      return archive === true && decision.kind === 'write'
        ? unlessRefused(decision, ['client_has_appointments'], () => refuseArchiving(tx, row.id))
        : decision;
    });
    if (writes.length === 0) return { id: null, changed: 0, unchanged, left: [...left], undoUntil: null };
    const [made] = await Promise.all([insertBulkChange(tx, actor, writes), writeAll(tx, actor, writes)]);
    const undoUntil = undoEndsAt(made.made_at).toISOString();
    return { id: made.id, changed: writes.length, unchanged, left: [...left], undoUntil };
  });
}

/** Throws client_limit_reached when the clinic has no room for all who would come back. */
async function requireRoom(tx: Transaction, { clinicId }: Actor, writes: readonly SeveralWrite[]): Promise<void> {
  const more = writes.filter(({ action }) => action === 'restore').length;
  if (more > 0) refuseFull(await findRoomForClients(tx, clinicId), more);
}

/**
 * Undoes one's own change of several clients, as far as nobody has changed them since. Throws not_found, forbidden, not_undoable,
 * client_limit_reached.
 */
export function undoSeveral(db: Database, actor: Actor, id: string): Promise<SeveralUndone> {
  const undo = async (tx: Transaction): Promise<SeveralUndone> => {
    const [made, written] = await Promise.all([lockBulkChange(tx, id, actor.professionalId), listWritten(tx, id)]);
    if (made === undefined) throw notFound();
    if (made.undone_at !== null || undoEndsAt(made.made_at) < new Date()) throw conflict('not_undoable');
    const rows = await lockSeveral(tx, made.client_ids, writingScope(actor));
    const { writes, left } = await sort(made.client_ids, rows, (row) => {
      const version = written.get(row.id);
      const decision: Decision =
        version === undefined ? { kind: 'left', code: 'changed_since' } : decideUndo(row, version);
      return decision.kind === 'write' && decision.action === 'restore'
        ? unlessRefused(decision, ['duplicate_phone', 'duplicate_document'], () => refuseTaken(tx, actor, row))
        : decision;
    });
    await requireRoom(tx, actor, writes);
    await Promise.all([markUndone(tx, id), ...(writes.length === 0 ? [] : [writeAll(tx, actor, writes)])]);
    return { restored: writes.length, left: [...left] };
  };
  return runAgainAfterRace(() => db.write(actor, undo));
}
