import type { AppointmentChange } from '../../../shared/contracts/agenda/appointments.ts';

/** What can change of an appointment, as its columns. */
export interface AppointmentValues {
  readonly client_id: string;
  readonly professional_id: string;
  readonly room_id: string | null;
  readonly visit_type: string;
  readonly title: string | null;
  readonly start_at: Date;
  readonly end_at: Date;
  readonly time_zone: string;
  readonly location: string | null;
  readonly notes: string | null;
  readonly status: string;
  readonly cancel_reason: string | null;
  readonly cancel_asked_by: string | null;
  readonly client_answer: string | null;
  readonly overlap_reason: string | null;
  readonly owes_makeup: boolean;
  readonly makeup_of: string | null;
  readonly series_id: string | null;
  readonly original_start: Date | null;
  readonly package_id: string | null;
  readonly deleted_at: Date | null;
}

/** What an appointment has unless somebody says otherwise: it is scheduled, and nothing happened to it yet. */
export const newAppointment = {
  room_id: null,
  title: null,
  location: null,
  notes: null,
  status: 'scheduled',
  cancel_reason: null,
  cancel_asked_by: null,
  client_answer: null,
  overlap_reason: null,
  owes_makeup: false,
  makeup_of: null,
  series_id: null,
  original_start: null,
  package_id: null,
  deleted_at: null,
} as const satisfies Partial<AppointmentValues>;

export type FieldChange = AppointmentChange['changes'][number];

/** The columns that the history tells of, with their names there. */
const historyFields = {
  client_id: 'clientId',
  professional_id: 'professionalId',
  room_id: 'roomId',
  visit_type: 'visitType',
  title: 'title',
  start_at: 'startAt',
  end_at: 'endAt',
  time_zone: 'timeZone',
  location: 'location',
  notes: 'notes',
  status: 'status',
  cancel_reason: 'cancellation.reason',
  cancel_asked_by: 'cancellation.askedBy',
  client_answer: 'clientAnswer',
  overlap_reason: 'overlap.reason',
  owes_makeup: 'owesMakeup',
  makeup_of: 'makeupOf',
  series_id: 'seriesId',
  original_start: 'originalStart',
  package_id: 'packageId',
  deleted_at: 'deletedAt',
} as const satisfies Record<keyof AppointmentValues, string>;

const columns = Object.keys(historyFields) as (keyof AppointmentValues)[];

/** The values of a row that has more. */
export const valuesOf = (row: AppointmentValues): AppointmentValues =>
  Object.fromEntries(columns.map((column) => [column, row[column]])) as unknown as AppointmentValues;

/** A value as the history stores it. */
const toPlain = (value: AppointmentValues[keyof AppointmentValues]): unknown =>
  value instanceof Date ? value.toISOString() : value;

/** What differs, for the history; of a new appointment whatever it has. */
export const changesBetween = (
  before: AppointmentValues | undefined,
  after: AppointmentValues,
): readonly FieldChange[] =>
  columns.flatMap((column) => {
    const [from, to] = [before === undefined ? null : toPlain(before[column]), toPlain(after[column])];
    return from === to || (before === undefined && to === false) ? [] : [{ field: historyFields[column], from, to }];
  });

/** Whether a field of the history is clinical. */
export const isClinical = (field: string): boolean => field === 'notes';

/** States that end an appointment. */
const finalStates = new Set(['done', 'noShow', 'canceled']);
export const isFinal = (status: string): boolean => finalStates.has(status);

/** Whether an appointment takes its time: others may not have it. */
export const takesTime = ({ status, deleted_at }: Pick<AppointmentValues, 'status' | 'deleted_at'>): boolean =>
  status !== 'canceled' && status !== 'noShow' && deleted_at === null;
