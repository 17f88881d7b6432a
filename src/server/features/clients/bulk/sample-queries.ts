import type pg from 'pg';
import type { FieldChange } from './known-client.ts';

/** One update, as an example of the import's changes. */
export interface Difference {
  readonly line: number;
  readonly client: { readonly id: string; readonly name: string };
  readonly changes: readonly FieldChange[];
}

/** The most bytes of an example's changes. They are stored with the import and read with every list of imports. */
const longestSample = 4096;

/** As a path into changes: a name, or whose client it is, is overwritten. */
const overwrites = `$[*] ? ((@.field == "firstName" || @.field == "lastName" || @.field == "professionalId") && @.from != null)`;

/** Changes of existing clients, at most `size`: those first that overwrite a name or the professional, then in the order of rows. */
export async function sampleChanges(client: pg.ClientBase, size: number): Promise<Difference[]> {
  const { rows } = await client.query<Difference>(
    `select line, json_build_object('id', id, 'name', full_name) as client, changes
     from (
       select *, app.compact_changes(all_changes) as changes from (
         select line, id, full_name, changes, changes @? '${overwrites}' from import_changes
         where not created and changes <> '[]' and pg_column_size(changes) < $2 order by changes @? '${overwrites}' desc, line limit 4 * $1
       ) as u (line, id, full_name, all_changes, is_first)
     ) as small
     where octet_length(changes::text) <= $2 order by is_first desc, line limit $1`,
    [size, longestSample],
  );
  return rows;
}
