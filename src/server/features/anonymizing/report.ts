import type { Anonymization, ChangedTable, Remainder } from '../../../shared/contracts/anonymizing.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Contributions } from '../../feature.ts';
import { laws } from './laws.ts';
import { listShapes, readRows, type TableRows } from './snapshot-queries.ts';

/** What hangs on clients at a moment, table by table. */
type Snapshot = ReadonlyMap<string, TableRows>;

/** The acts themselves are told beside the report. */
const ownTable = 'client_anonymizations';

export interface Subject {
  readonly clinicId: string;
  readonly clientIds: readonly string[];
}

/** Reads what hangs on the clients. */
export async function takeSnapshot(
  tx: Transaction,
  { clientTables }: Pick<Contributions, 'clientTables'>,
  subject: Subject,
): Promise<Snapshot> {
  const names = Object.keys(clientTables).filter((name) => name !== ownTable);
  const shapes = new Map((await listShapes(tx, names)).map((shape) => [shape.name, shape]));
  const reading = { tables: clientTables, shapes, ...subject };
  const rows = await Promise.all(names.map(async (name) => [name, await readRows(tx, name, reading)] as const));
  return new Map(rows);
}

/** What changed from one moment to the other, and what stays: as it happened, not as it was meant. */
export function compareSnapshots(
  before: Snapshot,
  after: Snapshot,
  tables: Contributions['clientTables'],
): Pick<Anonymization, 'goes' | 'stays'> {
  const goes: ChangedTable[] = [];
  const stays: Remainder[] = [];
  for (const [name, rows] of before) {
    const now = after.get(name) ?? new Map();
    const part = tables[name as keyof typeof tables]?.part;
    if (part === undefined) throw new Error(`${name} does not hang on a client`);
    const change = compareTable(rows, now);
    if (change.deleted > 0 || change.added > 0 || change.columns.length > 0)
      goes.push({ table: name, part, rows: rows.size, ...change, law: laws.erasure });
    if (rows.size > change.deleted)
      stays.push({ what: name, rows: rows.size - change.deleted, law: laws.anonymous, until: null });
  }
  return { goes, stays };
}

type TableChange = Pick<ChangedTable, 'deleted' | 'added' | 'columns'>;

function compareTable(before: TableRows, after: TableRows): TableChange {
  const counts = new Map<string, { emptied: number; replaced: number }>();
  let deleted = 0;
  for (const [key, values] of before) {
    const now = after.get(key);
    if (now === undefined) deleted += 1;
    else
      for (const [column, value] of Object.entries(values)) {
        const next = now[column] ?? null;
        if (next === value) continue;
        const count = counts.get(column) ?? { emptied: 0, replaced: 0 };
        count[next === null ? 'emptied' : 'replaced'] += 1;
        counts.set(column, count);
      }
  }
  const columns = [...counts].flatMap(([column, { emptied, replaced }]) => [
    ...(emptied > 0 ? [{ column, rows: emptied, becomes: 'emptied' as const }] : []),
    ...(replaced > 0 ? [{ column, rows: replaced, becomes: 'replaced' as const }] : []),
  ]);
  return { deleted, added: [...after.keys()].filter((key) => !before.has(key)).length, columns };
}
