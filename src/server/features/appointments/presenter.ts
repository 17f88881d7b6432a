import type {
  Appointment,
  AppointmentChange,
  AppointmentStatus,
  AppointmentSummary,
} from '../../../shared/contracts/agenda/appointments.ts';
import { formatName } from '../../../shared/person-name.ts';
import { type FieldChange, isClinical } from './fields.ts';
import type { VersionRow } from './history-queries.ts';
import type { AppointmentRow } from './queries.ts';

/** An appointment as lists show it, without its notes: whoever reads them is written down, appointment by appointment. */
export const presentAppointmentSummary = (row: AppointmentRow): AppointmentSummary => ({
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
  packageId: row.package_id,
  session: row.session,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

/** One entry of the history. */
export const presentChange = (row: VersionRow, withNotes: boolean): AppointmentChange => ({
  version: row.version,
  at: row.at.toISOString(),
  by:
    row.professional_id === null ? null : { id: row.professional_id, name: formatName(row.first_name, row.last_name) },
  action: row.action as AppointmentChange['action'],
  changes: (row.changes as unknown as FieldChange[]).filter(({ field }) => withNotes || !isClinical(field)),
});

interface Seen {
  readonly notes: boolean;
  /** What to know of the client, beyond name and phone. */
  readonly client: boolean;
}

/** One appointment with its versions, oldest first. */
export const presentAppointment = (
  row: AppointmentRow,
  versions: readonly VersionRow[],
  { notes: withNotes, client: withClient }: Seen,
): Appointment => ({
  ...presentAppointmentSummary(row),
  ...(withClient ? { client: { dateOfBirth: row.client_born, tags: row.client_tags } } : {}),
  ...(withNotes ? { notes: row.notes } : {}),
  history: versions.map((version) => presentChange(version, withNotes)),
});
