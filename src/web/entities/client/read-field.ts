import { type ClientField, splitField } from '../../../shared/client-fields.ts';
import type { Client } from '../../../shared/contracts/clients.ts';

/** The stored value of a client's field; null when it is empty, undefined when this person may not see it. */
export function readField(client: Partial<Client>, field: ClientField): unknown {
  const [outer, part] = splitField(field);
  const value: unknown = client[outer];
  if (part === undefined || value === null || value === undefined) return value;
  return (value as Record<string, unknown>)[part];
}

/** Like `readField`, for a field that holds one text. */
export const readText = (
  client: Partial<Client>,
  field: Exclude<ClientField, 'tags' | 'extra'>,
): string | null | undefined => readField(client, field) as string | null | undefined;
