import type { Client } from '../../../shared/contracts/clients.ts';
import { formatDocument, formatPhone, formatPlainDate, formatPostalCode } from '../../lib/format.ts';
import type { TextField } from './form-fields.ts';

type Format = (stored: string) => string;

const formats: Partial<Record<string, Format>> = {
  phone: formatPhone,
  secondaryPhone: formatPhone,
  'guardian.phone': formatPhone,
  document: formatDocument,
  'guardian.document': formatDocument,
  dateOfBirth: formatPlainDate,
  'address.postalCode': formatPostalCode,
};

/** A stored value as people read it. */
export const showValue = (field: string, stored: string): string => formats[field]?.(stored) ?? stored;

/** What a client has in a field, as stored; null for nothing, undefined for what this person is not shown. */
export function storedValue(client: Client, field: TextField): string | null | undefined {
  const [outer, inner] = field.split('.') as [keyof Client, string?];
  const value: unknown = client[outer];
  if (inner === undefined) return value as string | null | undefined;
  return (value as Record<string, string | null>)[inner];
}
