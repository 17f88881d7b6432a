import { fieldColumns } from '../../clients/api.ts';
import type { TextField } from '../reading/rows.ts';

const notText: ReadonlySet<string> = new Set(['tags', 'extra', 'professionalId']);

/** Fields that are one text and the columns that hold them. */
export const textColumns = Object.entries(fieldColumns).filter(([field]) => !notText.has(field)) as [
  TextField,
  string,
][];

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
