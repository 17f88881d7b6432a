import { definitionOf, type TextField } from '../../../../shared/client-fields.ts';
import { textColumns } from './client-columns.ts';
import { arrayLiteral, copyLine } from './copy-format.ts';
import { fullNameOf, type KnownClient } from './known-client.ts';
import { describeClient } from './search-text.ts';

const ownColumns = textColumns.map(([, column]) => column);
const createdColumns = [
  'clinic_id', 'id', 'import_id', 'professional_id', 'phone_shared', 'in_search_index', 'search_text', 'facets', 'tags',
  'extra',
]; // prettier-ignore
export const changedColumns = [
  ...ownColumns, 'tags', 'extra', 'professional_id', 'phone_shared', 'search_text', 'facets',
]; // prettier-ignore
/** Columns of import_batch and import_changes. */
export const batchColumns = [
  'id', 'version', 'created', 'full_name', ...changedColumns, 'changes', 'changed_rows', 'line',
]; // prettier-ignore
const columnTypeOf = (field: TextField): string => (definitionOf(field).kind === 'date' ? 'date' : 'text');
export const columnTypes: Readonly<Record<string, string>> = {
  ...Object.fromEntries(textColumns.map(([field, column]) => [column, columnTypeOf(field)])),
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

/** Lines for COPY, made one by one. */
export interface Lines {
  readonly columns: readonly string[];
  readonly lineOf: (client: KnownClient) => string;
}

/** New clients, with the columns that any of them has. */
export function createdLines(clients: readonly KnownClient[], { clinicId, importId, indexLater }: CreatedBy): Lines {
  const own = textColumns.filter(([field]) => clients.some(({ values }) => values[field] !== undefined));
  const fields = own.map(([field]) => field);
  return {
    columns: [...createdColumns, ...own.map(([, column]) => column)],
    lineOf: ({ id, professionalId, phoneShared, values, tags, extra }) => {
      const description = describeClient(values, tags);
      return copyLine([
        clinicId, id, importId, professionalId, phoneShared ? 't' : 'f', indexLater ? 'f' : 't',
        description?.searchText ?? '', arrayLiteral(description?.facets ?? []), arrayLiteral(tags),
        extra === null ? null : JSON.stringify(extra), ...fields.map((field) => values[field]),
      ]); // prettier-ignore
    },
  };
}

/** Changed clients, for import_batch. */
export const changedLines: Lines = {
  columns: batchColumns,
  lineOf: (client) => {
    const description = describeClient(client.values, client.tags);
    return copyLine([
      client.id, String(client.version), client.created ? 't' : 'f', fullNameOf(client.values),
      ...textColumns.map(([field]) => client.values[field]), arrayLiteral(client.tags),
      client.extra === null ? null : JSON.stringify(client.extra), client.professionalId, client.phoneShared ? 't' : 'f',
      description?.searchText, description && arrayLiteral(description.facets), JSON.stringify(client.pending),
      String(client.changedBy.rows), String(client.changedBy.line),
    ]); // prettier-ignore
  },
};
