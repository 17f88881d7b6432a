import { fieldColumns, textFields } from '../../../../shared/client-fields.ts';

/** Fields that are one text and the columns that hold them. */
export const textColumns = textFields.map((field) => [field, fieldColumns[field]] as const);

/** What is read of a stored client. */
const readColumns: readonly string[] = [
  'id',
  'version',
  'professional_id',
  'phone_shared',
  'tags',
  'extra',
  ...textColumns.map(([, column]) => column),
];

/** SQL for the columns that are read of the table `c`. */
export const columnsOfClient = readColumns.map((column) => `c.${column}`).join(', ');
