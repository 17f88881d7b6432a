import { formatDocument, formatPhone, formatPlainDate, formatPostalCode } from '../../lib/format.ts';

const formats: ReadonlyMap<string, (stored: string) => string> = new Map([
  ['phone', formatPhone],
  ['secondaryPhone', formatPhone],
  ['guardian.phone', formatPhone],
  ['document', formatDocument],
  ['guardian.document', formatDocument],
  ['dateOfBirth', formatPlainDate],
  ['address.postalCode', formatPostalCode],
]);

/** A client's field as people read it. */
export const formatField = (field: string, stored: string): string => formats.get(field)?.(stored) ?? stored;
