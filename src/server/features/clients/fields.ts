import {
  type ClientColumn,
  type ClientField,
  fieldColumns,
  fieldNames,
  splitField,
} from '../../../shared/client-fields.ts';
import type { ClientInput, ClientPatch } from '../../../shared/contracts/clients.ts';
import { growsTooMuch } from '../../../shared/extra-columns.ts';
import { isSameValue } from '../../../shared/same-value.ts';

export type ClientValues = Partial<Record<ClientColumn, unknown>>;

/** Converts a body to columns. Absent fields are left out; null for a nested object clears all its fields (RFC 7396). */
export function valuesOf(body: ClientInput | ClientPatch): ClientValues {
  const values: ClientValues = {};
  for (const field of fieldNames) {
    const [outer, part] = splitField(field);
    const given: unknown = body[outer];
    const value = part === undefined || given === null || given === undefined ? given : readPart(given, part);
    if (value !== undefined) values[fieldColumns[field]] = value;
  }
  return values;
}

const readPart = (group: object, part: string): unknown => (group as Record<string, unknown>)[part];

export interface FieldChange {
  readonly field: ClientField;
  readonly from: unknown;
  readonly to: unknown;
}

function mergeExtra(old: unknown, patch: unknown): unknown {
  if (patch === null || typeof patch !== 'object') return patch;
  const merged = { ...(old as Record<string, unknown> | null), ...(patch as Record<string, unknown>) };
  const kept = Object.entries(merged).filter(([, value]) => value !== null);
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

/** Whether changes would make a client's imported columns exceed their limits. */
export const overfills = (changes: readonly FieldChange[]): boolean =>
  changes.some(({ field, from, to }) => field === 'extra' && growsTooMuch(from, to));

/** Lists the fields that a patch changes in a row. For a new client pass an empty row. */
export function changesBetween(row: ClientValues, patch: ClientInput | ClientPatch): FieldChange[] {
  const values = valuesOf(patch);
  return fieldNames.flatMap((field) => {
    const column = fieldColumns[field];
    if (!(column in values)) return [];
    const from = row[column] ?? null;
    const to = column === 'extra' ? mergeExtra(from, values.extra) : values[column];
    return isSameValue(from, to) ? [] : [{ field, from, to }];
  });
}

/**
 * Completes a stored change of imported columns (`extra`), of which versions keep only those that changed: fills in the other
 * columns from the current value. `to` then equals `current` if nobody has changed these columns since.
 */
export function wholeChange<Change extends { readonly field: string; readonly from: unknown; readonly to: unknown }>(
  change: Change,
  current: unknown,
): Change {
  if (change.field !== 'extra') return change;
  const columnsOf = (value: unknown) => new Map(Object.entries((value ?? {}) as Record<string, unknown>));
  const [from, to] = [columnsOf(change.from), columnsOf(change.to)];
  const changed = [...new Set([...from.keys(), ...to.keys()])].filter((key) => from.get(key) !== to.get(key));
  const withColumns = (values: ReadonlyMap<string, unknown>): unknown => {
    const columns = columnsOf(current);
    for (const key of changed)
      if (values.has(key)) columns.set(key, values.get(key));
      else columns.delete(key);
    return columns.size === 0 ? null : Object.fromEntries(columns);
  };
  return { ...change, from: withColumns(from), to: withColumns(to) };
}

/** The columns and new values of changes. */
export const valuesAfter = (changes: readonly FieldChange[]): ClientValues =>
  Object.fromEntries(changes.map(({ field, to }) => [fieldColumns[field], to]));
