import type { TextField } from '../../../../shared/client-fields.ts';
import { formSections } from '../field-places.ts';

/** A field of the form that holds text, named as in the contract, so that the server's errors find their field. */
export type FormText = TextField | 'professionalId';
export type FormField = FormText | 'tags';

/** The fields that hold text, in the form's order. */
export const formTexts: readonly FormText[] = [
  ...formSections.flatMap(({ fields }) => fields.map(({ field }) => field)),
  'professionalId',
  'notes',
];

/** Every field of the form, in its order. */
export const formFields: readonly FormField[] = [...formTexts, 'tags'];

/** The values of the form: each text as people read it, `(11) 98765-4321`, and `''` when it is empty. */
export type FormValues = Readonly<Record<FormText, string>> & { readonly tags: readonly string[] };
