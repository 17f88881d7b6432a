import type { PlacedAppointment } from './day-layout.ts';
import type { GridColumnData } from './grid-column.tsx';
import type { MoveTarget } from './move-target.ts';

/** What is over cannot be moved. */
const isMovable = ({ appointment: { status } }: PlacedAppointment): boolean =>
  status === 'scheduled' || status === 'confirmed' || status === 'arrived' || status === 'inProgress';

/** Where an appointment stands, if it can be moved. */
export function findPlaced(columns: readonly GridColumnData[], id: string): MoveTarget | undefined {
  for (const [column, { appointments }] of columns.entries()) {
    const placed = appointments.find(({ appointment }) => appointment.id === id);
    if (placed !== undefined && isMovable(placed))
      return { appointment: placed.appointment, column, start: placed.start, end: placed.end };
  }
  return undefined;
}
