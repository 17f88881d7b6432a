import { fieldColumns, textFields } from '../../../../shared/client-fields.ts';

/** Fields with a single text value, and their columns. */
export const textColumns = textFields.map((field) => [field, fieldColumns[field]] as const);

/** The columns that an import reads of a stored client. */
const readColumns: readonly string[] = [
  'id',
  'version',
  'professional_id',
  'phone_shared',
  'tags',
  'extra',
  ...textColumns.map(([, column]) => column),
];

/** SQL for those columns of the table `c`. */
export const columnsOfClient = readColumns.map((column) => `c.${column}`).join(', ');
