import type { AvailabilityQuery } from '../../../shared/contracts/agenda/availability.ts';
import { toEdge } from '../../db/clinic-time.ts';
import { planOnce } from '../../db/plan-once.ts';
import type { Database } from '../../db/transaction.ts';
import { DomainError, invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { daysAround } from './free-times.ts';
import { type FreeTimesRow, listFreeTimesOf } from './hours-queries.ts';
import { agendaScope } from './policy.ts';
import { writeMinute } from './minutes.ts';
import { listStarts, makeGrid } from './slots.ts';

/** The longest window, in days. */
const longestWindow = 62;

/**
 * The opening hours and free times of professionals, with the starts that a visit may have: none of them past. As JSON, because for
 * many people it has thousands of times. Throws not_found, invalid_request.
 */
export async function getAvailability(db: Database, actor: Actor, query: AvailabilityQuery): Promise<Buffer> {
  const { from, to, professionalId: asked, visitType, durationMinutes, moving } = query;
  const days = daysAround(from, to);
  // One day before and one after, because the time zone is known to the database alone.
  if (days.length - 2 > longestWindow + 1)
    throw new DomainError('invalid_request', {
      fields: [{ path: 'to', code: 'window_too_long', limit: longestWindow }],
    });
  if (endsBefore(from, to)) throw invalidField('to', 'ends_before_start');
  const request = {
    clinicId: actor.clinicId,
    scope: agendaScope(actor),
    professionalIds: asked,
    ...{ from: toEdge(from), to: toEdge(to), days },
    ...{ visitType, minutes: durationMinutes, movingId: moving },
  };
  const rows = await db.read(actor, (tx) => planOnce(tx, () => listFreeTimesOf(tx, request)));
  if (asked?.some((id) => !rows.some((row) => row.professional_id === id)) === true) throw notFound();
  if (rows.some(({ minutes }) => minutes === null)) throw invalidField('visitType', 'visit_type_not_found');
  const [first] = rows;
  if (first === undefined) return Buffer.from('{"items":[]}');
  const grid = makeGrid(first.slot_minutes, first.time_zone);
  const now = Date.now() / 60_000;
  const writeSlot = rememberSlots(first.minutes ?? 0);
  const items = rows.map((row, index) => {
    const slots = listStarts(row.offered, row.minutes ?? 0, grid).filter((start) => start >= now);
    return Buffer.from(`${index === 0 ? '{"items":[' : ','}${writeTimes(row, slots.map(writeSlot))}`, 'latin1');
  });
  return Buffer.concat([...items, Buffer.from(']}')]);
}

/** Whether a window ends before it starts, as far as that can be told without the time zone. */
const endsBefore = (from: string, to: string): boolean =>
  from.includes('T') && to.includes('T') ? to < from : to.slice(0, 10) < from.slice(0, 10);

/** Writes a visit by its start, each once: people's visits start at the same times. */
function rememberSlots(minutes: number): (start: number) => string {
  const written = new Map<number, string>();
  return (start) => {
    const known = written.get(start) ?? writeSpan(start, start + minutes);
    written.set(start, known);
    return known;
  };
}

const writeTimes = (row: FreeTimesRow, slots: readonly string[]): string =>
  `{"professionalId":${JSON.stringify(row.professional_id)},"slots":[${slots.join(',')}],` +
  `"free":[${writeSpans(row.free)}],"open":[${writeSpans(row.open)}]}`;

const writeSpan = (from: number, to: number): string =>
  JSON.stringify({ startAt: writeMinute(from), endAt: writeMinute(to) });

function writeSpans(ranges: readonly number[]): string {
  const spans: string[] = [];
  for (let index = 0; index + 1 < ranges.length; index += 2)
    spans.push(writeSpan(ranges[index] ?? 0, ranges[index + 1] ?? 0));
  return spans.join(',');
}
