import { Readable } from 'node:stream';
import type { AuditEvent, AuditFilters, AuditPerson, ClientView } from '../../../shared/contracts/audit.ts';
import type { Database } from '../../db/transaction.ts';
import { notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { writeCsvLine } from '../../http/csv.ts';
import { type Cursor, makePage, type Page, requireCursor } from '../../http/cursor.ts';
import type { AuditAction } from './actions.ts';
import { findQueue } from './event-queue.ts';
import { assertMayReadTrail, viewersScope } from './policy.ts';
import { presentEvent, presentPerson, presentView } from './presenter.ts';
import { recordEvent } from './service.ts';
import {
  countEvents,
  countViews,
  type EventRow,
  selectClientId,
  listActions,
  listEvents,
  listPeople,
  listViews,
  type TrailPlace,
} from './trail-queries.ts';

/** Counting stops here; then the total is a lower bound. */
const countLimit = 1000;

interface Paging {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const readCursor = (list: unknown, { cursor }: Paging): Cursor | undefined => requireCursor(list, cursor, /^\d{1,16}$/);

const placeOf = (cursor: Cursor | undefined): TrailPlace | undefined => cursor && { micros: cursor.key, id: cursor.id };

/** `count` is that of a first page; one row more than shown was read. */
const toPage = <Row extends { readonly id: string; readonly micros: string }, Item>(
  list: unknown,
  { limit }: Paging,
  { count, ...read }: { readonly cursor: Cursor | undefined; readonly rows: readonly Row[]; readonly count: number },
  present: (row: Row) => Item,
): Page<Item> => {
  const counted = { value: count, relation: count < countLimit ? 'eq' : 'gte' } as const;
  return makePage(list, { ...read, limit, counted }, ({ micros }) => micros, present);
};

/** A page of the trail, the newest event first. Reading it is an event, too. Throws forbidden, invalid_request. */
export async function listTrail(
  db: Database,
  actor: Actor,
  { limit, cursor: text, ...filters }: AuditFilters & Paging,
): Promise<Page<AuditEvent>> {
  assertMayReadTrail(actor);
  const list = ['audit', filters];
  const paging = { limit, cursor: text };
  const cursor = readCursor(list, paging);
  await findQueue(db).flush();
  const [rows, count] = await db.read(actor, (tx) =>
    Promise.all([
      listEvents(tx, filters, placeOf(cursor), limit + 1),
      cursor === undefined ? countEvents(tx, filters, countLimit) : 0,
      recordEvent(tx, actor, { action: 'trail_read' }),
    ]),
  );
  return toPage(list, paging, { cursor, rows, count }, presentEvent);
}

/** Whom and what the trail can be narrowed to. Throws forbidden. */
export async function listTrailFilters(
  db: Database,
  actor: Actor,
): Promise<{ people: AuditPerson[]; actions: string[] }> {
  assertMayReadTrail(actor);
  await findQueue(db).flush();
  const [people, actions] = await db.read(actor, (tx) => Promise.all([listPeople(tx), listActions(tx)]));
  return { people: people.map(presentPerson), actions: actions.map(({ action }) => action) };
}

const rowsPerTrip = 1000;

/** Streams the filtered trail as CSV, the newest event first. Records the export first. Throws forbidden. */
export async function exportTrail(
  db: Database,
  actor: Actor,
  filters: AuditFilters,
  dialect: 'standard' | 'excel',
): Promise<Readable> {
  assertMayReadTrail(actor);
  await findQueue(db).flush();
  await db.write(actor, (tx) => recordEvent(tx, actor, { action: 'trail_exported' }));
  return Readable.from(writeCsv(db, actor, filters, dialect === 'excel'));
}

const header = ['id', 'at', 'action', 'actor', 'session', 'address', 'recordType', 'recordId', 'details'];

async function* writeCsv(db: Database, actor: Actor, filters: AuditFilters, excel: boolean): AsyncGenerator<string> {
  const delimiter = excel ? ';' : ',';
  yield `${excel ? '\ufeff' : ''}${writeCsvLine(header, delimiter)}`;
  for (let after: TrailPlace | undefined; ;) {
    const place = after;
    const rows: EventRow[] = await db.read(actor, (tx) => listEvents(tx, filters, place, rowsPerTrip));
    yield rows.map((row) => writeCsvLine(Object.values(presentEvent(row)), delimiter)).join('');
    after = rows.at(-1);
    if (after === undefined || rows.length < rowsPerTrip) return;
  }
}

/** Who opened a client's record or one merged into it, the newest first. Throws forbidden, not_found, invalid_request. */
export async function listViewers(
  db: Database,
  actor: Actor,
  id: string,
  paging: Paging,
  actions: readonly AuditAction[],
): Promise<Page<ClientView>> {
  const scope = viewersScope(actor);
  const list = ['viewers', id];
  const cursor = readCursor(list, paging);
  await findQueue(db).flush();
  const [found, rows, count] = await db.read(actor, (tx) =>
    Promise.all([
      tx.run(selectClientId(id, scope)),
      listViews(tx, id, actions, placeOf(cursor), paging.limit + 1),
      cursor === undefined ? countViews(tx, id, actions, countLimit) : 0,
      recordEvent(tx, actor, { action: 'viewers_read', recordType: 'client', recordId: id }, selectClientId(id, scope)),
    ]),
  );
  if (found.length === 0) throw notFound();
  return toPage(list, paging, { cursor, rows, count }, presentView);
}
