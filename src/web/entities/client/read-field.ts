import { type ClientField, splitField } from '../../../shared/client-fields.ts';
import type { Client } from '../../../shared/contracts/clients.ts';

/** What a client has in a field, as stored; null for nothing, undefined for what this person is not shown. */
export function readField(client: Partial<Client>, field: ClientField): unknown {
  const [outer, part] = splitField(field);
  const value: unknown = client[outer];
  if (part === undefined || value === null || value === undefined) return value;
  return (value as Record<string, unknown>)[part];
}

/** The same of a field that holds one text. */
export const readText = (
  client: Partial<Client>,
  field: Exclude<ClientField, 'tags' | 'extra'>,
): string | null | undefined => readField(client, field) as string | null | undefined;
