import { textColumns } from './client-columns.ts';
import { arrayLiteral, copyLine } from './copy-format.ts';
import type { KnownClient } from './known-client.ts';
import { describeClient } from './search-text.ts';

const ownColumns = textColumns.map(([, column]) => column);
export const createdColumns = [
  'clinic_id', 'id', 'import_id', 'professional_id', 'phone_shared', 'in_search_index', 'search_text', 'facets', 'tags',
  'extra', ...ownColumns,
]; // prettier-ignore
export const changedColumns = [
  ...ownColumns, 'tags', 'extra', 'professional_id', 'phone_shared', 'search_text', 'facets',
]; // prettier-ignore
/** Columns of import_batch and import_changes. */
export const batchColumns = ['id', 'version', 'created', ...changedColumns, 'changes', 'changed_rows', 'line'];
export const columnTypes: Readonly<Record<string, string>> = {
  date_of_birth: 'date',
  tags: 'text[]',
  facets: 'text[]',
  extra: 'jsonb',
  professional_id: 'uuid',
  phone_shared: 'boolean',
};

interface CreatedBy {
  readonly clinicId: string;
  readonly importId: string | null;
  readonly indexLater: boolean;
}

/** New clients for COPY into `createdColumns`. */
export const createdLines = (
  created: readonly KnownClient[],
  { clinicId, importId, indexLater }: CreatedBy,
): string[] =>
  created.map((client) => {
    const description = describeClient(client.values, client.tags);
    return copyLine([
      clinicId, client.id, importId, client.professionalId, client.phoneShared ? 't' : 'f', indexLater ? 'f' : 't',
      description?.searchText ?? '', arrayLiteral(description?.facets ?? []), arrayLiteral(client.tags),
      client.extra === null ? null : JSON.stringify(client.extra),
      ...textColumns.map(([field]) => client.values[field]),
    ]); // prettier-ignore
  });

/** Changed clients for COPY into `batchColumns`. */
export const changedLines = (changed: readonly KnownClient[]): string[] =>
  changed.map((client) => {
    const description = describeClient(client.values, client.tags);
    return copyLine([
      client.id, String(client.version), client.created ? 't' : 'f',
      ...textColumns.map(([field]) => client.values[field]), arrayLiteral(client.tags),
      client.extra === null ? null : JSON.stringify(client.extra), client.professionalId, client.phoneShared ? 't' : 'f',
      description?.searchText, description && arrayLiteral(description.facets), JSON.stringify(client.pending),
      String(client.changedBy.rows), String(client.changedBy.line),
    ]); // prettier-ignore
  });
