import { definitionOf } from '../../../../shared/client-fields.ts';
import { textColumns } from './client-columns.ts';
import { writeArrayLiteral, writeCopyRow } from './copy-format.ts';
import { fullNameOf, type KnownClient } from './known-client.ts';
import { describeClient, type Description } from './search-text.ts';

/** A client and its columns for search; `description` is undefined when the database has to compute them. */
interface DescribedClient {
  readonly client: KnownClient;
  readonly description: Description | undefined;
}

type Text = string | null | undefined;

/** A column that COPY fills: its name, SQL type and value. */
export interface CopyColumn {
  readonly name: string;
  readonly type: string;
  readonly textOf: (described: DescribedClient) => Text;
}

const column = (name: string, type: string, textOf: CopyColumn['textOf']): CopyColumn => ({ name, type, textOf });
const flag = (value: boolean): string => (value ? 't' : 'f');

const fieldColumns = textColumns.map(([field, name]) => ({
  field,
  ...column(name, definitionOf(field).kind === 'date' ? 'date' : 'text', ({ client }) => client.values[field]),
}));

const sharedColumns: readonly CopyColumn[] = [
  column('tags', 'text[]', ({ client }) => writeArrayLiteral(client.tags)),
  column('extra', 'jsonb', ({ client }) => (client.extra === null ? null : JSON.stringify(client.extra))),
  column('professional_id', 'uuid', ({ client }) => client.professionalId),
  column('phone_shared', 'boolean', ({ client }) => flag(client.phoneShared)),
];

/** The columns that an import may change in an existing client. */
export const changedColumns: readonly CopyColumn[] = [
  ...fieldColumns,
  ...sharedColumns,
  column('search_text', 'text', ({ description }) => description?.searchText),
  column('facets', 'text[]', ({ description }) => description && writeArrayLiteral(description.facets)),
];

/** Columns of the work tables import_batch and import_changes. */
export const batchColumns: readonly CopyColumn[] = [
  column('id', 'uuid', ({ client }) => client.id),
  column('version', 'integer', ({ client }) => String(client.version)),
  column('created', 'boolean', ({ client }) => flag(client.created)),
  column('full_name', 'text', ({ client }) => fullNameOf(client.values)),
  ...changedColumns,
  column('changes', 'jsonb', ({ client }) => JSON.stringify(client.pending)),
  column('changed_rows', 'integer', ({ client }) => String(client.changedBy.rows)),
  column('line', 'integer', ({ client }) => String(client.changedBy.line)),
];

interface CreatedBy {
  readonly clinicId: string;
  readonly importId: string | null;
  readonly indexLater: boolean;
}

/** The columns of new clients. Includes only fields that at least one of them has. */
export const listCreatedColumns = (
  clients: readonly KnownClient[],
  { clinicId, importId, indexLater }: CreatedBy,
): readonly CopyColumn[] => [
  column('clinic_id', 'uuid', () => clinicId),
  column('id', 'uuid', ({ client }) => client.id),
  column('import_id', 'uuid', () => importId),
  column('in_search_index', 'boolean', () => flag(!indexLater)),
  column('search_text', 'text', ({ description }) => description?.searchText ?? ''),
  column('facets', 'text[]', ({ description }) => writeArrayLiteral(description?.facets ?? [])),
  ...sharedColumns,
  ...(clients.some(({ archivedAt }) => archivedAt !== undefined)
    ? [column('archived_at', 'timestamptz', ({ client }) => client.archivedAt)]
    : []),
  ...fieldColumns.filter(({ field }) => clients.some(({ values }) => values[field] !== undefined)),
];

/** Formats a client as a line for COPY. */
export function writeCopyLine(client: KnownClient, columns: readonly CopyColumn[]): string {
  const described = { client, description: describeClient(client.values, client.tags) };
  return writeCopyRow(columns.map(({ textOf }) => textOf(described)));
}

export const joinNames = (columns: readonly CopyColumn[]): string => columns.map(({ name }) => name).join(', ');
