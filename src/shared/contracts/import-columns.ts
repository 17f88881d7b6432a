import { appointmentColumns, nextAppointmentColumns } from '../appointment-columns.ts';
import { importFields } from '../client-fields.ts';

/** What a column can be mapped to: a client's field or a part of one, something of an appointment, or nothing at all. */
export const columnMeanings = [
  ...importFields,
  ...nextAppointmentColumns,
  ...appointmentColumns,
  'fullName',
  'middleName',
  'areaCode',
  'sharedPhone',
  'professionalEmail',
  'archivedAt',
  'extraObject',
  'extra',
  'ignore',
] as const;
export type ColumnMeaning = (typeof columnMeanings)[number];

/** Whether several columns may have this meaning. A client's field takes one column only. */
export const isShareable = (meaning: ColumnMeaning): boolean =>
  meaning === 'extra' || meaning === 'ignore' || meaning === 'areaCode';

/** Codes of failures that a person can solve by saying what the columns hold. */
const columnFailures: ReadonlySet<string> = new Set([
  'no_known_column',
  'no_header',
  'duplicate_header',
  'duplicate_mapping',
  'invalid_mapping',
]);
export const isColumnFailure = (code: string): boolean => columnFailures.has(code);
