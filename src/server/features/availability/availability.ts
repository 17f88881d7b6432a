import type { Availability, AvailabilityQuery } from '../../../shared/contracts/agenda/availability.ts';
import type { Database } from '../../db/transaction.ts';
import { DomainError, invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { daysAround, toEdge } from './free-times.ts';
import { type FreeTimesRow, listFreeTimesOf } from './hours-queries.ts';
import { agendaScope } from './policy.ts';
import { writeMinute } from './minutes.ts';
import { type Grid, listStarts, makeGrid } from './slots.ts';

/** The longest window, in days. */
const longestWindow = 62;

/**
 * The opening hours and free times of professionals, with the starts that a visit may have: none of them past. Throws not_found,
 * invalid_request.
 */
export async function getAvailability(db: Database, actor: Actor, query: AvailabilityQuery): Promise<Availability> {
  const { from, to, professionalId: asked, visitType, durationMinutes, moving } = query;
  const days = daysAround(from, to);
  // One day before and one after, because the time zone is known to the database alone.
  if (days.length - 2 > longestWindow + 1)
    throw new DomainError('invalid_request', {
      fields: [{ path: 'to', code: 'window_too_long', limit: longestWindow }],
    });
  if (endsBefore(from, to)) throw invalidField('to', 'ends_before_start');
  const rows = await db.read(actor, (tx) =>
    listFreeTimesOf(tx, {
      clinicId: actor.clinicId,
      scope: agendaScope(actor),
      professionalIds: asked,
      ...{ from: toEdge(from), to: toEdge(to), days },
      ...{ visitType, minutes: durationMinutes, movingId: moving },
    }),
  );
  if (asked?.some((id) => !rows.some((row) => row.professional_id === id)) === true) throw notFound();
  if (rows.some(({ minutes }) => minutes === null)) throw invalidField('visitType', 'visit_type_not_found');
  const [first] = rows;
  if (first === undefined) return { items: [] };
  const grid = makeGrid(first.slot_minutes, first.time_zone);
  const now = Date.now() / 60_000;
  return { items: rows.map((row) => presentTimes(row, grid, now)) };
}

/** Whether a window ends before it starts, as far as that can be told without the time zone. */
const endsBefore = (from: string, to: string): boolean =>
  from.includes('T') && to.includes('T') ? to < from : to.slice(0, 10) < from.slice(0, 10);

function presentTimes(row: FreeTimesRow, grid: Grid, now: number): Availability['items'][number] {
  const minutes = row.minutes ?? 0;
  return {
    professionalId: row.professional_id,
    slots: listStarts(row.offered, minutes, grid)
      .filter((start) => start >= now)
      .map((start) => ({ startAt: writeMinute(start), endAt: writeMinute(start + minutes) })),
    free: toSpans(row.free),
    open: toSpans(row.open),
  };
}

function toSpans(ranges: readonly number[]): { startAt: string; endAt: string }[] {
  const spans: { startAt: string; endAt: string }[] = [];
  for (let index = 0; index + 1 < ranges.length; index += 2)
    spans.push({ startAt: writeMinute(ranges[index] ?? 0), endAt: writeMinute(ranges[index + 1] ?? 0) });
  return spans;
}
