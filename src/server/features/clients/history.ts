import type { ClientChange } from '../../../shared/contracts/clients.ts';
import type { Database } from '../../db/transaction.ts';
import { notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { type Cursor, encodeCursor, requireCursor } from '../../http/cursor.ts';
import { recordEvent } from '../audit/api.ts';
import { countVersions, type HistoryPage, listVersions, type VersionRow } from './history-queries.ts';
import { readingScope, seesClinicalData } from './policy.ts';
import { presentChange } from './presenter.ts';
import { clientExists, listIds } from './queries.ts';

/** Counting stops here; then the total is a lower bound. */
const countLimit = 10_000;

/** Time limit of a read in seconds. Long, because versions of earlier releases may have many megabytes. */
export const historySeconds = 12;

interface ChangePage {
  readonly items: ClientChange[];
  readonly nextCursor: string | null;
  readonly total: Cursor['total'];
}

/** A page of the history of a client and the records merged into it, newest first. Throws not_found, invalid_request. */
export async function getHistory(
  db: Database,
  actor: Actor,
  id: string,
  query: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<ChangePage> {
  const list = ['history', id];
  const cursor = requireCursor(list, query.cursor, /^\d{1,9}$/);
  const visible = clientExists(id, readingScope(actor));
  const [found, rows, count] = await db.read(
    actor,
    (tx) =>
      Promise.all([
        listIds(tx, visible),
        listVersions(tx, id, toHistoryPage(cursor, query.limit)),
        cursor === undefined ? countVersions(tx, id, countLimit) : 0,
        recordEvent(tx, actor, { action: 'client_history_read', recordType: 'client', recordId: id }, visible),
      ]),
    historySeconds,
  );
  if (found.length === 0) throw notFound();
  const total = cursor?.total ?? { value: count, relation: count < countLimit ? 'eq' : 'gte' };
  const { shown, next } = splitPage(rows);
  return {
    items: shown.map((row) => presentChange(row, seesClinicalData(actor))),
    nextCursor: next && encodeCursor(list, { key: String(next.version), id: next.client_id, total, near: false }),
    total,
  };
}

const toHistoryPage = (cursor: Cursor | undefined, limit: number): HistoryPage => ({
  after: cursor && { version: Number(cursor.key), clientId: cursor.id },
  limit,
});

/** Splits off the row that says more follow. `next` is the last row of the page, null when nothing follows. */
export function splitPage(rows: readonly VersionRow[]): {
  readonly shown: readonly VersionRow[];
  readonly next: VersionRow | null;
} {
  const shown = rows.filter(({ fits }) => fits);
  return { shown, next: shown.length < rows.length ? (shown.at(-1) ?? null) : null };
}
