import type { BulkClients } from '../../clients/bulk-api.ts';
import type { ImportRow, RejectedRow } from '../reading/rows/rows.ts';

type Row = ImportRow | RejectedRow;

const tagsOf = (row: Row): readonly string[] => ('problems' in row ? [] : (row.tags ?? []));

/** Rows with their tags in the clinic's spelling, each once. */
export async function spellRowTags(rows: readonly Row[], clients: BulkClients): Promise<readonly Row[]> {
  const written = new Set(rows.flatMap(tagsOf));
  if (written.size === 0) return rows;
  const names = await clients.spellTags(written);
  return rows.map((row) =>
    tagsOf(row).length === 0 ? row : { ...row, tags: [...new Set(tagsOf(row).map((tag) => names.get(tag) ?? tag))] },
  );
}
