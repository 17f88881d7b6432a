import type { AppointmentSummary } from '../../../../shared/contracts/agenda/appointments.ts';
import type { Availability } from '../../../../shared/contracts/agenda/availability.ts';
import { minutesSince, toWallTime } from '../../../lib/wall-time.ts';

/** A part of a day in minutes since its start. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An appointment at its place in a column: in one of so many lanes side by side. */
export interface PlacedAppointment extends Span {
  readonly appointment: AppointmentSummary;
  readonly lane: number;
  readonly lanes: number;
  /** Canceled or missed: it stands at the edge, because its time is free. */
  readonly isFreed: boolean;
}

/** What one professional has on a day. */
export interface DayColumn {
  readonly professionalId: string;
  readonly name: string;
  /** By start. */
  readonly appointments: readonly PlacedAppointment[];
  readonly gaps: readonly Span[];
  readonly open: readonly Span[];
}

export interface DayLayout extends Span {
  readonly columns: readonly DayColumn[];
}

export interface LayoutInput {
  readonly day: string;
  readonly timeZone: string;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly appointments: readonly AppointmentSummary[];
  readonly availability: Readonly<Availability['items']>;
}

const minutesPerDay = 24 * 60;
/** The hours that a day has when nothing says otherwise. */
const usualHours: Span = { start: 8 * 60, end: 18 * 60 };
/** Shorter remains between appointments are no use to anybody, in minutes. */
const shortestGap = 10;

/** The shortest height that is drawn, in minutes, so that every appointment can be touched. */
export const shortestShown = 15;

const frees = (status: AppointmentSummary['status']): boolean => status === 'canceled' || status === 'noShow';

/** Cuts a span to the day. @returns undefined for one of another day */
function clip({ start, end }: Span): Span | undefined {
  const clipped = { start: Math.max(0, start), end: Math.min(minutesPerDay, end) };
  return clipped.end > clipped.start ? clipped : undefined;
}

/**
 * Puts overlapping spans side by side: spans that touch one another, directly or over others, share the width, each in the
 * first lane that is free. Needs them by start.
 */
export function placeInLanes<Item extends Span>(
  items: readonly Item[],
): (Item & { readonly lane: number; readonly lanes: number })[] {
  const placed: (Item & { lane: number; lanes: number })[] = [];
  let group: (Item & { lane: number; lanes: number })[] = [];
  let laneEnds: number[] = [];
  const close = (): void => {
    for (const each of group) each.lanes = laneEnds.length;
    group = [];
    laneEnds = [];
  };
  for (const item of items) {
    const end = Math.max(item.end, item.start + shortestShown);
    if (laneEnds.every((laneEnd) => laneEnd <= item.start)) close();
    const free = laneEnds.findIndex((laneEnd) => laneEnd <= item.start);
    const lane = free === -1 ? laneEnds.length : free;
    laneEnds[lane] = end;
    const one = { ...item, lane, lanes: 1 };
    group.push(one);
    placed.push(one);
  }
  close();
  return placed;
}

export const overlap = (one: Span, other: Span): boolean => one.start < other.end && other.start < one.end;

const byStart = (one: Span, other: Span): number => one.start - other.start || one.end - other.end;

/** Appointments of one professional: those that take their time in lanes, and freed ones where nothing took their place. */
function placeAppointments(day: string, appointments: readonly AppointmentSummary[]): PlacedAppointment[] {
  const spans = appointments
    .flatMap((appointment) => {
      const { localStart, localEnd, status } = appointment;
      const span = clip({ start: minutesSince(day, localStart), end: minutesSince(day, localEnd) });
      return span === undefined ? [] : [{ ...span, appointment, isFreed: frees(status) }];
    })
    .sort(byStart);
  const kept = placeInLanes(spans.filter(({ isFreed }) => !isFreed));
  const freed = spans.filter((span) => span.isFreed && !kept.some((other) => overlap(span, other)));
  return [...kept, ...placeInLanes(freed)].sort(byStart);
}

function readSpans(day: string, timeZone: string, spans: readonly { startAt: string; endAt: string }[]): Span[] {
  return spans.flatMap(({ startAt, endAt }) => {
    const start = minutesSince(day, toWallTime(startAt, timeZone));
    return clip({ start, end: minutesSince(day, toWallTime(endAt, timeZone)) }) ?? [];
  });
}

/** What of the opening hours no appointment takes. Not asked of the server: it changes as soon as an appointment moves. */
function findGaps(open: readonly Span[], placed: readonly PlacedAppointment[]): Span[] {
  let gaps = [...open];
  for (const busy of placed.filter(({ isFreed }) => !isFreed))
    gaps = gaps.flatMap((gap) =>
      overlap(gap, busy)
        ? [
            { start: gap.start, end: busy.start },
            { start: busy.end, end: gap.end },
          ]
        : [gap],
    );
  return gaps.filter(({ start, end }) => end - start >= shortestGap);
}

const wholeHours = ({ start, end }: Span): Span => ({
  start: Math.floor(start / 60) * 60,
  end: Math.ceil(end / 60) * 60,
});

/** The hours that a day has to show: all that are open, and all appointments. */
function findHours(columns: readonly DayColumn[]): Span {
  const all = columns.flatMap(({ open, appointments }) => [...open, ...appointments]);
  if (all.length === 0) return usualHours;
  return wholeHours({
    start: Math.min(...all.map(({ start }) => start)),
    end: Math.max(...all.map(({ start, end }) => Math.max(end, start + shortestShown))),
  });
}

/** Where everything of a day stands: hours, a column for each professional, lanes for what overlaps, and the gaps. */
export function layOutDay({ day, timeZone, people, appointments, availability }: LayoutInput): DayLayout {
  const byPerson = Map.groupBy(appointments, ({ professionalId }) => professionalId);
  const timesOf = new Map(availability.map((item) => [item.professionalId, item]));
  const columns = people.map(({ id, name }): DayColumn => {
    const times = timesOf.get(id);
    const open = readSpans(day, timeZone, times?.open ?? []);
    const placed = placeAppointments(day, byPerson.get(id) ?? []);
    return { professionalId: id, name, appointments: placed, gaps: findGaps(open, placed), open };
  });
  return { ...findHours(columns), columns };
}
