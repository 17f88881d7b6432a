import { makeProperName } from '../../../../shared/proper-name.ts';
import type { FormValues } from './form-fields.ts';
import { emptyValues } from './form-model.ts';

/** A new client's form, filled with the search that found nobody: a name, a phone or an e-mail. */
export function fillFromSearch(searched: string, base: FormValues = emptyValues): FormValues {
  const text = searched.trim();
  if (text.includes('@')) return { ...base, email: text };
  if (/^[\d\s().+-]{8,}$/.test(text)) return { ...base, phone: text };
  const [firstName = '', ...rest] = makeProperName(text).split(/\s+/);
  return { ...base, firstName, lastName: rest.join(' ') };
}
