import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { type CalendarEvent, writeCalendar } from './calendar.ts';

const lines = (text: string): string[] => text.split('\r\n');

/** Events as an independent parser of RFC 5545 reads them. */
const parse = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      summary: event.summary,
      startAt: event.startDate.toJSDate().toISOString(),
      endAt: event.endDate.toJSDate().toISOString(),
      zone: event.startDate.zone.tzid,
      sequence: event.sequence,
      status: component.getFirstPropertyValue('status'),
    };
  });

const event: CalendarEvent = {
  id: '01934c1e-0000-7000-8000-000000000001',
  version: 4,
  startAt: new Date('2026-12-01T17:30:00Z'),
  endAt: new Date('2026-12-01T18:20:00Z'),
  updatedAt: new Date('2026-11-20T12:00:00Z'),
  summary: 'M. S.',
  isFree: false,
};

describe('a calendar', () => {
  it('is what an independent parser understands', () => {
    expect(parse(writeCalendar('Agenda', [event, { ...event, id: 'x', isFree: true }]))).toEqual([
      {
        uid: '01934c1e-0000-7000-8000-000000000001@acolhe',
        summary: 'M. S.',
        startAt: '2026-12-01T17:30:00.000Z',
        endAt: '2026-12-01T18:20:00.000Z',
        zone: 'UTC',
        sequence: 3,
        status: 'CONFIRMED',
      },
      expect.objectContaining({ uid: 'x@acolhe', status: 'CANCELLED' }),
    ]);
  });

  it('has the name of the clinic, whatever signs stand in it', () => {
    const written = writeCalendar('Sol; Lua, e \\ Cia\n"Filial"', []);
    // RFC 5545 section 3.3.11
    for (const property of ['NAME', 'X-WR-CALNAME'])
      expect(lines(written)).toContain(`${property}:Sol\\; Lua\\, e \\\\ Cia\\n"Filial"`);
  });

  it('is a calendar without appointments, too', () => {
    expect(parse(writeCalendar('Agenda', []))).toEqual([]);
  });

  it('has lines of at most 75 octets that end in CRLF, and gives every text back', () => {
    const time = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    const texts = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(texts, texts, time, (name, summary, at) => {
        const startAt = new Date(Math.floor(at.getTime() / 1000) * 1000);
        const written = writeCalendar(name, [
          { ...event, summary, startAt, endAt: new Date(startAt.getTime() + 60_000) },
        ]);
        expect(written.endsWith('END:VCALENDAR\r\n')).toBe(true);
        for (const line of lines(written)) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          // oxlint-disable-next-line no-control-regex
          expect(line).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f]/);
        }
        const [read] = parse(written);
        expect(read?.startAt).toBe(startAt.toISOString());
        // oxlint-disable-next-line no-control-regex
        expect(read?.summary ?? '').toBe(summary.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ''));
      }),
      { numRuns: 200 },
    );
  });
});
