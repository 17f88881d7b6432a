import type { TextField } from '../reading/rows.ts';
import { clientColumns, textColumns } from './client-columns.ts';
import type { FieldChange, KnownClient } from './known-client.ts';

const select = `select ${clientColumns.map((column) => `c.${column}`).join(', ')},
  c.import_id = $6 and c.version = 1 as created, '[]'::jsonb as changes, 0 as changed_rows, 0 as line`;
const active = 'c.clinic_id = $1 and c.archived_at is null';
// Outside the look-up: within it, the planner would choose another plan.
const unstaged = 'where not exists (select from import_changes u where u.id = found.id)';
const each = (place: number, condition: string): string =>
  `select found.* from unnest($${String(place)}::text[]) as key
    cross join lateral (${select} from clients c where ${active} and ${condition} limit 200) as found ${unstaged}`;
const bare = 'c.full_name = key and c.document is null and c.phone is null and c.email is null';

/**
 * Active clients of clinic $1 that have one of the documents $2, phones $3, e-mails $4 or bare names $5, as import $6 has left
 * them. A client may come more than once.
 */
export const selectByKeys = `
  select found.* from (
    ${select} from clients c where ${active} and c.document = any ($2::text[]) offset 0
  ) as found ${unstaged}
  union all ${each(3, 'c.phone = key and not c.phone_shared')}
  union all ${each(3, 'c.phone = key and c.phone_shared')}
  union all ${each(4, 'lower(c.email) = key')}
  union all ${each(5, `c.in_search_index and ${bare}`)}
  union all ${each(5, `not c.in_search_index and ${bare}`)}
  union all select ${clientColumns.map((column) => `u.${column}`).join(', ')},
    u.created, u.changes, u.changed_rows, u.line
    from import_changes u where u.document = any ($2::text[]) or u.phone = any ($3::text[]) or lower(u.email) = any ($4::text[])`;

/** A client as the statements give it. */
export interface StoredRow {
  readonly id: string;
  readonly version: number;
  readonly professional_id: string;
  readonly phone_shared: boolean;
  readonly tags: string[];
  readonly extra: Record<string, string | null> | null;
  readonly created: boolean | null;
  readonly changes: readonly FieldChange[];
  readonly changed_rows: number;
  readonly line: number;
  readonly [column: string]: unknown;
}

/** A stored client as the engine knows it. */
export function knownClient(row: StoredRow): KnownClient {
  const values: Partial<Record<TextField, string>> = {};
  for (const [field, column] of textColumns) {
    const value = row[column];
    if (typeof value === 'string' && value !== '') values[field] = value;
  }
  return {
    id: row.id,
    version: row.version,
    created: row.created ?? false,
    pending: row.changes,
    changedBy: { rows: row.changed_rows, line: row.line },
    professionalId: row.professional_id,
    phoneShared: row.phone_shared,
    values,
    tags: row.tags,
    extra: row.extra,
  };
}
