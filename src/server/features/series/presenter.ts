import type { Series, SeriesGap, SeriesRule } from '../../../shared/contracts/agenda/series.ts';
import { mayFor, type Person } from '../../../shared/permissions.ts';
import { type AppointmentRow, presentAppointmentSummary } from '../appointments/api.ts';
import type { GapRow, SeriesRow } from './queries.ts';

/** A series without its appointments. */
export const presentSeriesAlone = (row: SeriesRow, gaps: readonly GapRow[]): Omit<Series, 'appointments'> => ({
  id: row.id,
  version: row.version,
  clientId: row.client_id,
  professionalId: row.professional_id,
  roomId: row.room_id,
  visitType: row.visit_type,
  title: row.title,
  packageId: row.package_id,
  localStart: row.local_start,
  timeZone: row.time_zone,
  durationMinutes: row.duration_minutes,
  rule: row.rule as SeriesRule,
  endedAt: row.ended_on,
  gaps: gaps.map((gap) => ({
    date: gap.date,
    startAt: gap.start_at.toISOString(),
    state: gap.state as SeriesGap['state'],
  })),
});

/** A series with those of its appointments that the person may see. */
export const presentSeries = (
  person: Person,
  row: SeriesRow,
  appointments: readonly AppointmentRow[],
  gaps: readonly GapRow[],
): Series => ({
  ...presentSeriesAlone(row, gaps),
  appointments: appointments
    .filter((appointment) => mayFor(person, 'agenda.read', appointment.professional_id, appointment.client_id))
    .map(presentAppointmentSummary),
});
