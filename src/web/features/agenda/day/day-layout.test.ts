import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AppointmentSummary } from '../../../../shared/contracts/agenda/appointments.ts';
import { sampleAppointment } from '../testing/sample-appointment.ts';
import { layOutDay, placeInLanes, shortestShown } from './day-layout.ts';

const day = '2026-12-01';
const bruno = '0198c2ad-0000-7000-8000-000000000003';
const people = [{ id: bruno, name: 'Bruno' }];
const timeZone = 'America/Sao_Paulo';

const at = (from: string, to: string, more: Partial<AppointmentSummary> = {}): AppointmentSummary =>
  sampleAppointment({ id: `${from}-${to}`, localStart: `${day}T${from}`, localEnd: `${day}T${to}`, ...more });
const lay = (appointments: AppointmentSummary[], hours: [string, string][] = []) => {
  const open = hours.map(([from, to]) => ({ startAt: `${day}T${from}:00Z`, endAt: `${day}T${to}:00Z` }));
  const availability = [{ professionalId: bruno, slots: [], free: [], open }];
  return layOutDay({ day, timeZone, people, appointments, availability });
};
const lanes = (appointments: AppointmentSummary[]) =>
  lay(appointments).columns[0]?.appointments.map(({ appointment, lane, lanes: all }) => [appointment.id, lane, all]);

describe('the layout of a day', () => {
  it('gives the whole width to what overlaps nothing; adjacent is no overlap', () => {
    expect(lanes([at('09:00', '10:00'), at('10:00', '11:00')])).toEqual([
      ['09:00-10:00', 0, 1],
      ['10:00-11:00', 0, 1],
    ]);
  });

  it('puts what overlaps side by side, and uses a lane again once it is free', () => {
    expect(lanes([at('09:00', '11:00'), at('09:30', '10:00'), at('10:00', '10:30'), at('11:00', '12:00')])).toEqual([
      ['09:00-11:00', 0, 2],
      ['09:30-10:00', 1, 2],
      ['10:00-10:30', 1, 2],
      ['11:00-12:00', 0, 1],
    ]);
  });

  it('leaves the place of a canceled or missed appointment to the one that took its time', () => {
    const canceled = at('09:00', '10:00', { id: 'canceled', status: 'canceled' });
    const missed = at('14:00', '15:00', { id: 'missed', status: 'noShow' });
    expect(lanes([canceled, at('09:30', '10:30'), missed])).toEqual([
      ['09:30-10:30', 0, 1],
      ['missed', 0, 1],
    ]);
  });

  it('finds the gaps in the opening hours, in the clinic’s time zone', () => {
    const appointments = [
      at('07:30', '08:15'),
      at('11:55', '12:00'),
      at('14:00', '15:00', { status: 'canceled' }),
      at('19:00', '19:30', { overlap: { reason: 'dor' } }),
      at('19:15', '20:00'),
    ];
    const layout = lay(appointments, [
      ['11:00', '15:00'],
      ['16:00', '23:30'],
    ]);
    expect([layout.start, layout.end]).toEqual([7 * 60, 21 * 60]);
    expect(layout.columns[0]?.gaps).toEqual([
      { start: 495, end: 715 },
      { start: 780, end: 1140 },
      { start: 1200, end: 1230 },
    ]);
  });

  it('cuts what began the day before or ends the day after', () => {
    const night = sampleAppointment({ localStart: '2026-11-30T23:00', localEnd: '2026-12-01T01:00' });
    expect(lay([night]).columns[0]?.appointments[0]).toMatchObject({ start: 0, end: 60 });
  });

  it('shows working hours for a day of which nothing is known', () => {
    expect(lay([])).toMatchObject({ start: 480, end: 1080 });
  });

  it('never lets two appointments of one lane cover each other, whatever overlaps what', () => {
    const span = fc
      .tuple(fc.nat(1380), fc.integer({ min: 1, max: 240 }))
      .map(([start, long]) => ({ start, end: start + long }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 40 }), (spans) => {
        const placed = placeInLanes(spans.sort((one, other) => one.start - other.start));
        for (const one of placed)
          for (const other of placed)
            if (
              one !== other &&
              one.start < Math.max(other.end, other.start + shortestShown) &&
              other.start < one.end
            ) {
              expect(one.lane).not.toBe(other.lane);
              expect(one.lanes).toBe(other.lanes);
            }
        expect(placed.every(({ lane, lanes: all }) => lane < all)).toBe(true);
      }),
    );
  });
});
