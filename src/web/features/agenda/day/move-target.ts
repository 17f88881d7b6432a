import type { AppointmentSummary } from '../../../../shared/contracts/agenda/appointments.ts';

/** A column of the grid: one professional on one day. */
export interface ColumnPlace {
  readonly key: string;
  readonly professionalId: string;
  readonly day: string;
}

/** Where an appointment is being moved to. */
export interface MoveTarget {
  readonly appointment: AppointmentSummary;
  /** Index of the column. */
  readonly column: number;
  /** Minutes since the start of the column's day. */
  readonly start: number;
  readonly end: number;
}

/** An appointment that was set down at another place. */
export interface GridMove {
  readonly appointment: AppointmentSummary;
  readonly professionalId: string;
  readonly day: string;
  readonly start: number;
  readonly end: number;
}

const minutesPerDay = 24 * 60;
/** Shortest appointment that the grid makes, in minutes. */
const shortest = 5;

/** To the nearest line of the clinic's grid. */
export const snap = (minutes: number, step: number): number => Math.round(minutes / step) * step;

/** The same length at another start, within the day. */
export function moveTo(target: MoveTarget, column: number, start: number): MoveTarget {
  const long = target.end - target.start;
  const kept = Math.min(Math.max(0, start), minutesPerDay - long);
  return { ...target, column, start: kept, end: kept + long };
}

/** The same start with another end, within the day. */
export function resizeTo(target: MoveTarget, end: number): MoveTarget {
  return { ...target, end: Math.min(Math.max(target.start + shortest, end), minutesPerDay) };
}

/** The next line of the grid before or after a time. */
function step(minutes: number, size: number, direction: 1 | -1): number {
  return direction === 1 ? Math.floor(minutes / size) * size + size : Math.ceil(minutes / size) * size - size;
}

/** What an arrow key makes of a target: up and down by the grid, with Shift the end; left and right between columns. */
export function moveByKey(
  target: MoveTarget,
  key: string,
  { isShift, columns, slot }: { readonly isShift: boolean; readonly columns: number; readonly slot: number },
): MoveTarget | undefined {
  const direction = key === 'ArrowDown' || key === 'ArrowRight' ? 1 : -1;
  if (key === 'ArrowUp' || key === 'ArrowDown')
    return isShift
      ? resizeTo(target, Math.max(step(target.end, slot, direction), target.start + slot))
      : moveTo(target, target.column, step(target.start, slot, direction));
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  return moveTo(target, Math.min(Math.max(0, target.column + direction), columns - 1), target.start);
}
