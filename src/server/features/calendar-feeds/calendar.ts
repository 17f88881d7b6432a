import ical, { escape, ICalEventStatus, ICalEventTransparency } from 'ical-generator';

/** An appointment as calendar programs are told of it. */
export interface CalendarEvent {
  readonly id: string;
  readonly version: number;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly updatedAt: Date;
  readonly summary: string;
  /** Canceled, or nobody came: the time is free. */
  readonly isFree: boolean;
}

/**
 * Writes a calendar (RFC 5545) in UTC. The same events give the same bytes: DTSTAMP is when the appointment was last changed, as
 * section 3.8.7.2 has it for calendars without a METHOD.
 */
export function writeCalendar(name: string, events: readonly CalendarEvent[]): string {
  const calendar = ical({
    // The library escapes texts of events, but not this one.
    name: escape(withoutControls(name), false),
    prodId: { company: 'Acolhe', product: 'Agenda', language: 'PT-BR' },
    ttl: refreshSeconds,
  });
  for (const { id, version, startAt, endAt, updatedAt, summary, isFree } of events)
    calendar.createEvent({
      id: `${id}@acolhe`,
      sequence: version - 1,
      stamp: updatedAt,
      lastModified: updatedAt,
      start: startAt,
      end: endAt,
      summary: withoutControls(summary),
      status: isFree ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency: isFree ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    });
  return `${calendar.toString()}\r\n`;
}

/** How often calendar programs are asked to look. Some take no notice: Google's may take a day. */
const refreshSeconds = 900;

// RFC 5545 section 3.1 allows no control characters besides tabs and line breaks.
// oxlint-disable-next-line no-control-regex
const withoutControls = (text: string): string => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
