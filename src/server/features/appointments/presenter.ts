import type { AppointmentStatus, AppointmentSummary } from '../../../shared/contracts/agenda/appointments.ts';
import type { AppointmentRow } from './finding.ts';

/** An appointment as lists show it; `withNotes` false leaves out what is clinical. */
export const presentAppointmentSummary = (row: AppointmentRow, withNotes: boolean): AppointmentSummary => ({
  id: row.id,
  version: row.version,
  clientId: row.client_id,
  clientName: row.client_name,
  clientPhone: row.client_phone,
  professionalId: row.professional_id,
  roomId: row.room_id,
  visitType: row.visit_type,
  title: row.title,
  startAt: row.start_at.toISOString(),
  endAt: row.end_at.toISOString(),
  localStart: row.local_start,
  localEnd: row.local_end,
  timeZone: row.time_zone,
  location: row.location,
  ...(withNotes ? { notes: row.notes } : {}),
  status: row.status as AppointmentStatus,
  pending: row.pending,
  overlap: row.overlap_reason === null ? null : { reason: row.overlap_reason },
  cancellation:
    row.status === 'canceled'
      ? { reason: row.cancel_reason, askedBy: row.cancel_asked_by as 'client' | 'clinic' | null }
      : null,
  clientAnswer: row.client_answer as AppointmentSummary['clientAnswer'],
  seriesId: row.series_id,
  originalStart: row.original_start?.toISOString() ?? null,
  makeupOf: row.makeup_of,
  owesMakeup: row.makeup_open,
  session: null,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});
