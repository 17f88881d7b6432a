import type {
  AppointmentChange,
  AppointmentListQuery,
  AppointmentSummary,
} from '../../../shared/contracts/agenda/appointments.ts';
import { toEdge } from '../../db/clinic-time.ts';
import type { Database } from '../../db/transaction.ts';
import { notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { type Cursor, encodeCursor, makePage, type Page, requireCursor } from '../../http/cursor.ts';
import { recordEvent } from '../audit/api.ts';
import { listVersions } from './history-queries.ts';
import { type AppointmentFilters, countAppointments, listAppointments } from './list-queries.ts';
import { readingScope, seesNotes } from './policy.ts';
import { presentAppointmentSummary, presentChange } from './presenter.ts';
import { appointmentExists, selectAppointments } from './queries.ts';

/** Counting stops here; then the total is a lower bound. */
const countLimit = 10_000;

/** A page of appointments, ordered by start. A professional's has no others than their own. Throws invalid_request. */
export async function listAppointmentPage(
  db: Database,
  actor: Actor,
  { limit, cursor: given, ...query }: AppointmentListQuery,
): Promise<Page<AppointmentSummary>> {
  const list = ['appointments', actor.clinicId, readingScope(actor), query];
  const cursor = requireCursor(list, given, /^-?\d{1,17}$/);
  const filters: AppointmentFilters = {
    clinicId: actor.clinicId,
    scope: readingScope(actor),
    from: query.from === undefined ? undefined : toEdge(query.from),
    to: query.to === undefined ? undefined : toEdge(query.to),
    professionalIds: query.professionalId,
    clientId: query.clientId,
    roomId: query.roomId,
    statuses: query.status,
    pending: query.pending === true,
  };
  const after = cursor && { micros: cursor.key, id: cursor.id };
  const [rows, count] = await db.read(actor, (tx) =>
    Promise.all([
      listAppointments(tx, filters, { after, limit: limit + 1 }),
      cursor === undefined ? countAppointments(tx, filters, countLimit) : 0,
    ]),
  );
  const counted = { value: count, relation: count < countLimit ? 'eq' : 'gte' } as const;
  return makePage(list, { cursor, rows, limit, counted }, (row) => row.start_micros, presentAppointmentSummary);
}

/**
 * A page of an appointment's history, newest first; also of one that was taken back. Recorded in the audit trail. Throws not_found,
 * invalid_request.
 */
export async function getHistory(
  db: Database,
  actor: Actor,
  id: string,
  query: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<AppointmentChange>> {
  const list = ['appointment history', id];
  const cursor = requireCursor(list, query.cursor, /^\d{1,9}$/);
  const scope = readingScope(actor);
  const [[row], rows] = await db.read(actor, (tx) =>
    Promise.all([
      selectAppointments(tx, actor.clinicId, [id], scope),
      listVersions(tx, actor.clinicId, id, {
        limit: query.limit + 1,
        ...(cursor && { before: Number(cursor.key) }),
      }),
      recordEvent(
        tx,
        actor,
        { action: 'appointment_history_read', recordType: 'appointment', recordId: id },
        appointmentExists(actor.clinicId, id, scope),
      ),
    ]),
  );
  if (row === undefined) throw notFound();
  const total: Cursor['total'] = { value: row.version, relation: 'eq' };
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((version) => presentChange(version, seesNotes(actor))),
    nextCursor:
      last === undefined || rows.length <= query.limit
        ? null
        : encodeCursor(list, { key: String(last.version), id, total, near: false }),
    total,
  };
}
