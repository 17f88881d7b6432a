import type { TextField } from '../../../../../shared/client-fields.ts';
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
  | 'missing_name'
  | 'several_matches'
  | 'phone_of_another'
  | 'client_of_another'
  | 'more_problems';

export interface RowProblem {
  /** Column of the file, from 1; 0 for the row as a whole. */
  readonly column: number;
  readonly code: RowProblemCode;
  readonly value: string;
}

/** A row that can be imported, with the fields that it has. */
export interface ImportRow {
  readonly line: number;
  /** As in the file, for the list of refused rows. */
  readonly cells: readonly string[];
  readonly values: Readonly<Partial<Record<TextField, string>>>;
  readonly tags: readonly string[] | undefined;
  readonly extra: Readonly<Record<string, string>> | undefined;
  /** Where the first name ends and the last begins is guessed. */
  readonly splitName: boolean;
  /** According to the file, others have this phone too. */
  readonly sharedPhone: boolean;
  /** The phone comes from the column of another number: it takes the place of none. */
  readonly phoneStandsIn: boolean;
}

export interface RejectedRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly problems: readonly RowProblem[];
}

/** A value as it is quoted in a problem. */
export const excerpt = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
