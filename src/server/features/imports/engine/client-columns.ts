import { fieldColumns, textFields } from '../../../../shared/client-fields.ts';

/** Fields that are one text and the columns that hold them. */
export const textColumns = textFields.map((field) => [field, fieldColumns[field]] as const);

/** What an import reads of a stored client. */
export const clientColumns: readonly string[] = [
  'id',
  'version',
  'professional_id',
  'phone_shared',
  'tags',
  'extra',
  ...textColumns.map(([, column]) => column),
];
