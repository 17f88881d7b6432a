import { type ClientField, fieldColumns } from '../fields.ts';

/** Fields that are one text. */
export type TextField = Exclude<ClientField, 'tags' | 'extra' | 'professionalId'>;

const notText: ReadonlySet<string> = new Set(['tags', 'extra', 'professionalId']);

/** Fields that are one text and the columns that hold them. */
export const textColumns = Object.entries(fieldColumns).filter(([field]) => !notText.has(field)) as [
  TextField,
  string,
][];

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
