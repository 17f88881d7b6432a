import { type ClientField, isGroup, type MergeField, type TextField } from '../../../shared/client-fields.ts';
import { type LabelledField, readingOrder } from '../../../shared/client-labels.ts';
import type { Client } from '../../../shared/contracts/clients.ts';
import { readField } from '../../entities/client/read-field.ts';
import { formatField } from '../../entities/client/format-field.ts';

/** A client's value of a field or group, as people read it; empty if there is none. */
export function readValue(field: MergeField, client: Partial<Client>, nameOf: (id: string) => string): string {
  if (field === 'professionalId') return client.professionalId === undefined ? '' : nameOf(client.professionalId);
  const isPart = (name: LabelledField): name is TextField => name.startsWith(`${field}.`);
  const parts = isGroup(field) ? readingOrder.filter(isPart) : [field];
  return parts
    .map((part) => formatText(client, part))
    .filter((text) => text !== '')
    .join(', ');
}

function formatText(client: Partial<Client>, field: ClientField): string {
  const value = readField(client, field);
  return typeof value === 'string' ? formatField(field, value) : '';
}
