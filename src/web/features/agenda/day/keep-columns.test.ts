import { describe, expect, it } from 'vitest';
import type { AppointmentSummary } from '../../../../shared/contracts/agenda/appointments.ts';
import { sampleAppointment } from '../testing/sample-appointment.ts';
import { layOutDay } from './day-layout.ts';
import { createGridKeeper, type Grid } from './keep-columns.ts';

const day = '2026-12-01';
const people = Array.from({ length: 20 }, (_, index) => ({ id: `person-${index}`, name: `Pessoa ${index}` }));

/** A day of 20 people with 40 appointments each, as an answer of the server: new objects each time. */
function answer(change: (all: AppointmentSummary[]) => AppointmentSummary[] = (all) => all) {
  const all = people.flatMap(({ id }) =>
    Array.from({ length: 40 }, (_, index) => {
      const clock = (minutes: number): string => new Date(Date.UTC(2000, 0, 1, 8, minutes)).toISOString().slice(11, 16);
      const times = { localStart: `${day}T${clock(index * 15)}`, localEnd: `${day}T${clock(index * 15 + 15)}` };
      return sampleAppointment({ id: `${id}-${index}`, professionalId: id, ...times });
    }),
  );
  const { columns, start, end } = layOutDay({
    ...{ day, timeZone: 'America/Sao_Paulo', people, availability: [] },
    appointments: change(all),
  });
  return { hours: { start, end }, columns: columns.map((column) => ({ ...column, key: column.professionalId, day })) };
}

/** What memoised columns and cards render again, because they get another object. */
function listRendered(before: Grid, after: Grid) {
  const cardsBefore = new Set(before.columns.flatMap(({ appointments }) => appointments));
  return {
    columns: after.columns.filter((column, index) => column !== before.columns[index]).map(({ key }) => key),
    cards: after.columns
      .flatMap(({ appointments }) => appointments)
      .filter((placed) => !cardsBefore.has(placed))
      .map(({ appointment }) => appointment.id),
    hours: after.hours !== before.hours,
  };
}

describe('a day of 20 people and 800 appointments', () => {
  it('renders nothing again when it is read again and nothing changed', () => {
    const keep = createGridKeeper();
    const before = keep(answer());
    expect(listRendered(before, keep(answer()))).toEqual({ columns: [], cards: [], hours: false });
  });

  it('renders one card and its column again when that appointment changed', () => {
    const keep = createGridKeeper();
    const before = keep(answer());
    const changed = keep(
      answer((all) =>
        all.map((each) => (each.id === 'person-3-7' ? { ...each, status: 'arrived', version: 2 } : each)),
      ),
    );
    expect(listRendered(before, changed)).toEqual({ columns: ['person-3'], cards: ['person-3-7'], hours: false });
    expect(changed.columns[3]?.appointments[7]?.appointment.status).toBe('arrived');
  });

  it('renders one card in two columns again when it moved, though others moved up in the list', () => {
    const keep = createGridKeeper();
    const before = keep(answer());
    const moved = keep(
      answer((all) => [
        ...all.filter(({ id }) => id === 'person-0-39').map((each) => ({ ...each, professionalId: 'person-5' })),
        ...all.filter(({ id }) => id !== 'person-0-39' && id !== 'person-5-39'),
      ]),
    );
    expect(listRendered(before, moved)).toEqual({
      columns: ['person-0', 'person-5'],
      cards: ['person-0-39'],
      hours: false,
    });
  });

  it('takes the new hours and names', () => {
    const keep = createGridKeeper();
    const before = keep(answer());
    const next = answer();
    const after = keep({
      hours: { start: 420, end: 1080 },
      columns: next.columns.map((column, index) => (index === 0 ? { ...column, name: 'Ana' } : column)),
    });
    expect(listRendered(before, after)).toEqual({ columns: ['person-0'], cards: [], hours: true });
    expect(after.columns[0]?.name).toBe('Ana');
  });
});
