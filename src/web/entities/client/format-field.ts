import { definitionOf, type FieldKind, isFieldName } from '../../../shared/client-fields.ts';
import { formatDocument, formatPostalCode } from '../../../shared/format.ts';
import { formatPhone, formatPlainDate } from '../../lib/format.ts';

const formats: Readonly<Partial<Record<FieldKind, (stored: string) => string>>> = {
  phone: formatPhone,
  document: formatDocument,
  date: formatPlainDate,
  postalCode: formatPostalCode,
};

/** A client's field as people read it. */
export const formatField = (field: string, stored: string): string =>
  isFieldName(field) ? (formats[definitionOf(field).kind]?.(stored) ?? stored) : stored;
