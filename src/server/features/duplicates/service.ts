import { v7 as uuidv7 } from 'uuid';
import type { DuplicatePair } from '../../../shared/contracts/duplicates.ts';
import type { Database } from '../../db/transaction.ts';
import { invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { type Cursor, encodeCursor, requireCursor } from '../../http/cursor.ts';
import { recordEvent } from '../audit/api.ts';
import { explainRefusal, readingScope, writingScope } from '../clients/api.ts';
import { listPairs, type PairClientRow } from './pair-queries.ts';
import { presentPair } from './presenter.ts';
import { deleteDismissal, findDismissedPair, insertDismissal } from './queries.ts';

interface PairPage {
  readonly items: DuplicatePair[];
  readonly nextCursor: string | null;
  readonly total: Cursor['total'];
}

/** A page of likely duplicates among the clients that the person may see, the most certain first. */
export async function listDuplicatePairs(
  db: Database,
  actor: Actor,
  query: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<PairPage> {
  const scope = readingScope(actor);
  const list = ['duplicates', scope.whole ? null : scope.professionalId];
  const cursor = requireCursor(list, query.cursor, /^\d{1,3} [0-9a-f-]{36}$/);
  const [score = '', firstId = ''] = cursor?.key.split(' ') ?? [];
  const rows = await db.readAged(
    actor,
    (tx) =>
      listPairs(tx, {
        scope,
        after: cursor && { score: Number(score), firstId, secondId: cursor.id },
        limit: query.limit + 1,
      }),
    // Whoever has just merged two clients must not see them here again.
    { ageSeconds: 0, seconds: comparingSeconds },
  );
  const pairs = groupPairs(rows);
  const total: Cursor['total'] = cursor?.total ?? { value: rows[0]?.total ?? 0, relation: 'eq' };
  const shown = pairs.slice(0, query.limit);
  const last = shown.at(-1)?.[0];
  const nextCursor =
    last === undefined || pairs.length <= query.limit
      ? null
      : encodeCursor(list, { key: `${String(last.score)} ${last.first_id}`, id: last.second_id, total, near: false });
  return { items: shown.map(presentPair), nextCursor, total };
}

/** Time limit of the read in seconds. Comparing 100,000 clients takes about half a second. */
const comparingSeconds = 12;

const groupPairs = (rows: readonly PairClientRow[]): (readonly [PairClientRow, PairClientRow])[] =>
  rows.flatMap((row, index) => {
    const next = rows[index + 1];
    return index % 2 === 0 && next !== undefined ? [[row, next] as const] : [];
  });

/** Stores for the whole clinic that two clients are different people. Throws not_found, forbidden, invalid_request. */
export async function dismissPair(
  db: Database,
  actor: Actor,
  clientIds: readonly [string, string],
): Promise<{ id: string }> {
  if (clientIds[0] === clientIds[1]) throw invalidField('clientIds.1', 'invalid_value');
  const scope = writingScope(actor);
  return db.write(actor, async (tx) => {
    const id = await insertDismissal(tx, { ...actor, id: uuidv7(), clientIds, scope });
    if (id === undefined) throw await explainRefusal(tx, actor, clientIds);
    await recordEvent(tx, actor, { action: 'duplicate_dismissed', recordType: 'dismissal', recordId: id });
    return { id };
  });
}

/** Deletes a dismissal: the pair is listed again. Throws not_found, forbidden. */
export async function withdrawDismissal(db: Database, actor: Actor, id: string): Promise<void> {
  const scope = writingScope(actor);
  await db.write(actor, async (tx) => {
    if (!(await deleteDismissal(tx, id, scope))) {
      const pair = await findDismissedPair(tx, id);
      throw pair === undefined ? notFound() : await explainRefusal(tx, actor, pair);
    }
    await recordEvent(tx, actor, { action: 'duplicate_dismissal_withdrawn', recordType: 'dismissal', recordId: id });
  });
}
