import type { TextField } from '../../../../../shared/client-fields.ts';
import type { AppointmentStatus } from '../../../../../shared/contracts/agenda/appointments.ts';
import type { FieldErrorCode } from '../../../../../shared/errors.ts';
import type { BrokenCode } from '../records/records.ts';

/** Why a row, or one of its cells, is refused. */
export type RowProblemCode =
  | FieldErrorCode
  | 'missing_cells'
  | 'surplus_cells'
  | BrokenCode
  | 'rounded_number'
  | 'ambiguous_date'
  | 'not_a_client'
  | 'too_many_phones'
  | 'too_many_tags'
  | 'conflicting_name'
  | 'conflicting_document'
  | 'conflicting_birth_date'
  | 'document_of_another'
  | 'same_document'
  | 'missing_name'
  | 'several_matches'
  | 'same_name_only'
  | 'phone_of_another'
  | 'client_of_another'
  | AppointmentProblemCode
  | 'more_problems';

/** Why an appointment of a file is not booked. */
export type AppointmentProblemCode =
  | 'day_missing'
  | 'time_missing'
  | 'unknown_status'
  | 'past_appointment'
  | 'still_ahead'
  | 'time_taken'
  | 'room_taken'
  | 'client_elsewhere'
  | 'client_archived'
  | 'client_unknown'
  | 'several_clients'
  | 'professional_unknown'
  | 'several_professionals'
  | 'agenda_of_another'
  | 'professional_not_bookable'
  | 'no_visit_type';

export interface RowProblem {
  /** Column of the file, from 1; 0 for the row as a whole. */
  readonly column: number;
  readonly code: RowProblemCode;
  readonly value: string;
}

/** A row that can be imported, with the fields that it has. */
export interface ImportRow {
  readonly line: number;
  /** As in the file, for the list of rejected rows. */
  readonly cells: readonly string[];
  readonly values: Readonly<Partial<Record<TextField, string>>>;
  readonly tags: readonly string[] | undefined;
  readonly extra: Readonly<Record<string, string>> | undefined;
  /** True when the place at which the full name was split is a guess. */
  readonly splitName: boolean;
  /** True when the file says that others have this phone too. */
  readonly sharedPhone: boolean;
  /** True when the phone comes from another column, because the phone column is empty. */
  readonly phoneStandsIn: boolean;
  readonly next?: NextAppointment;
  readonly appointment?: ReadAppointment;
  /** The number of cells that could not be read and are kept as extra instead. */
  readonly leftOut: number;
  /** True when a phone was completed by the area code for the whole file. */
  readonly hasCompletedPhone: boolean;
  /** The e-mail address of whom the client belongs to, in lower case, if the file says so. */
  readonly ownerEmail?: string | undefined;
  /** When the client was archived (RFC 3339), if the file says so. */
  readonly archivedAt?: string | undefined;
}

/** The next appointment of a client, as a row of clients says it. */
export interface NextAppointment {
  readonly column: number;
  readonly text: string;
  /** What is kept with the client if it cannot be booked. */
  readonly extra: Readonly<Record<string, string>>;
  /** When it starts (ReadAppointment.start); missing where `problem` says why it cannot be read. */
  readonly start?: string;
  readonly problem?: RowProblemCode;
}

/** An appointment, as a row of appointments says it. */
export interface ReadAppointment {
  /** A time of the clinic's clock, `2026-12-10T14:30`, unless an offset (`Z`, `-03:00`) follows. */
  readonly start: string;
  readonly end?: string;
  readonly minutes?: number;
  readonly status?: AppointmentStatus;
  readonly professional?: string;
  readonly visitType?: string;
  readonly room?: string;
  readonly notes?: string;
}

export interface RejectedRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly problems: readonly RowProblem[];
}

/** Shortens a value to be quoted in a problem, to 200 characters. */
export const excerpt = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
