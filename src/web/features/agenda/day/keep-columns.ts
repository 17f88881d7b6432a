import { replaceEqualDeep } from '@tanstack/react-query';
import type { PlacedAppointment, Span } from './day-layout.ts';
import type { GridColumnData } from './grid-column.tsx';

export interface Grid {
  readonly hours: Span;
  readonly columns: readonly GridColumnData[];
}

/** The object from before where nothing in it differs. */
const keep = <Value>(before: Value | undefined, after: Value): Value => replaceEqualDeep(before, after);

/** By appointment, because one that is added moves all later ones to another place in the list. */
function keepAppointments(
  before: readonly PlacedAppointment[],
  after: readonly PlacedAppointment[],
): readonly PlacedAppointment[] {
  const known = new Map(before.map((placed) => [placed.appointment.id, placed]));
  const kept = after.map((placed) => {
    const one = known.get(placed.appointment.id);
    // What differs stays an object of its own: it must not be mixed with the one before.
    return one !== undefined && keep(one, placed) === one ? one : placed;
  });
  const isSame = kept.length === before.length && kept.every((placed, index) => placed === before[index]);
  return isSame ? before : kept;
}

function keepColumn(before: GridColumnData | undefined, after: GridColumnData): GridColumnData {
  if (before === undefined) return after;
  const parts = {
    appointments: keepAppointments(before.appointments, after.appointments),
    gaps: keep(before.gaps, after.gaps),
    open: keep(before.open, after.open),
  };
  const isSame =
    before.name === after.name &&
    before.appointments === parts.appointments &&
    before.gaps === parts.gaps &&
    before.open === parts.open;
  return isSame ? before : { ...after, ...parts };
}

/**
 * Keeps the objects of the grid from before where nothing in them changed, so that memoised columns and cards are not rendered
 * again: after one appointment moved that is one card in each of two columns, not hundreds.
 */
function keepGrid(before: Grid | undefined, after: Grid): Grid {
  const known = new Map(before?.columns.map((column) => [`${column.key} ${column.day}`, column]));
  return {
    hours: keep(before?.hours, after.hours),
    columns: after.columns.map((column) => keepColumn(known.get(`${column.key} ${column.day}`), column)),
  };
}

/** A `keepGrid` that remembers what it gave before. */
export function createGridKeeper(): (next: Grid) => Grid {
  let before: Grid | undefined;
  return (next) => (before = keepGrid(before, next));
}
