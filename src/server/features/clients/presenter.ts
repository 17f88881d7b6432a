import type {
  Client,
  ClientChange,
  ClientFilterValues,
  ClientMerge,
  ClientSummary,
} from '../../../shared/contracts/clients.ts';
import {
  fieldColumns,
  fieldNames,
  isClinical,
  listedFields,
  listedName,
  splitField,
} from '../../../shared/client-fields.ts';
import { formatName } from '../../../shared/person-name.ts';
import type { FieldChange } from './fields.ts';
import type { VersionRow } from './history-queries.ts';
import type { FilterValueRow } from './list-queries.ts';
import type { ClientRow } from './queries.ts';
import { undoEndsAt } from '../../../shared/undo-window.ts';

type Beside = 'id' | 'createdAt' | 'updatedAt' | 'archivedAt' | 'anonymous' | 'sharedPhone' | 'mergedInto';
type ListedValues = Omit<ClientSummary, Beside>;
type CardValues = Omit<Client, Beside>;

/** The timestamps that every answer has. */
const presentState = (row: Pick<ClientRow, 'created_at' | 'updated_at' | 'archived_at'>) => ({
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  archivedAt: row.archived_at?.toISOString() ?? null,
});

/** The name of each field in lists, with its column. */
const listedColumns = listedFields.map((field) => [listedName(field), fieldColumns[field]] as const);

type SummaryRow = Pick<
  ClientRow,
  'id' | 'created_at' | 'updated_at' | 'archived_at' | (typeof fieldColumns)[(typeof listedFields)[number]]
>;

export const presentClientSummary = (row: SummaryRow): ClientSummary => ({
  id: row.id,
  ...(Object.fromEntries(listedColumns.map(([name, column]) => [name, row[column]])) as ListedValues),
  ...presentState(row),
});

export function presentFilterValues(rows: readonly FilterValueRow[]): ClientFilterValues {
  const valuesOf = (wanted: FilterValueRow['kind']): string[] =>
    rows.filter(({ kind }) => kind === wanted).map(({ value }) => value);
  return { cities: valuesOf('city'), states: valuesOf('state'), tags: valuesOf('tag') };
}

/** A whole client; `clinical` false leaves out the clinical fields. */
export const presentClient = (row: ClientRow, clinical: boolean): Client => ({
  id: row.id,
  ...presentFields(row, clinical),
  sharedPhone: row.phone_shared,
  ...presentState(row),
  mergedInto: row.archived_at === null ? null : row.merged_into,
  anonymous: row.anonymous,
});

function presentFields(row: ClientRow, clinical: boolean): CardValues {
  const values: Record<string, unknown> = {};
  for (const field of fieldNames) {
    if (isClinical(field) && !clinical) continue;
    const [outer, part] = splitField(field);
    const value = field === 'extra' ? (row.extra ?? {}) : row[fieldColumns[field]];
    if (part === undefined) values[outer] = value;
    else values[outer] = { ...(values[outer] as object | undefined), [part]: value };
  }
  return values as CardValues;
}

export const presentChange = (row: VersionRow, clinical: boolean): ClientChange => ({
  version: row.version,
  at: row.at.toISOString(),
  clientId: row.client_id,
  by: { id: row.professional_id, name: formatName(row.first_name, row.last_name) },
  action: row.action as ClientChange['action'],
  changes: (row.changes as unknown as FieldChange[]).filter(({ field }) => clinical || !isClinical(field)),
  ...presentMergeOfVersion(row),
});

function presentMergeOfVersion({ merge_id, winner_id, loser_id, merged_at, undone_at }: VersionRow): {
  merge?: ClientMerge;
} {
  if (merge_id === null || winner_id === null || loser_id === null || merged_at === null) return {};
  return { merge: presentMerge({ id: merge_id, winner_id, loser_id, merged_at, undone_at }) };
}

interface MergeRow {
  readonly id: string;
  readonly winner_id: string;
  readonly loser_id: string;
  readonly merged_at: Date;
  readonly undone_at: Date | null;
}

export const presentMerge = (row: MergeRow): ClientMerge => ({
  id: row.id,
  winnerId: row.winner_id,
  loserId: row.loser_id,
  mergedAt: row.merged_at.toISOString(),
  undoUntil: undoEndsAt(row.merged_at).toISOString(),
  undoneAt: row.undone_at?.toISOString() ?? null,
});
