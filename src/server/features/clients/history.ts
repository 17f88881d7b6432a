import type { ClientChange } from '../../../shared/contracts/clients.ts';
import type { listMergesOf, VersionRow } from './history-queries.ts';
import { presentChange, presentMerge } from './presenter.ts';

interface Versions {
  readonly own: readonly VersionRow[];
  readonly merged: readonly VersionRow[];
  readonly merges: Awaited<ReturnType<typeof listMergesOf>>;
}

/** What changed in a client and in those merged into it, newest first. */
export function historyOf({ own, merged, merges }: Versions, clinical: boolean): ClientChange[] {
  const mergeOf = new Map(merges.map((row) => [`${row.client_id} ${String(row.version)}`, row]));
  const changes = [...own, ...merged].map((row) => {
    const merge = mergeOf.get(`${row.client_id} ${String(row.version)}`);
    const change = presentChange(row, clinical);
    return merge === undefined ? change : { ...change, merge: presentMerge(merge) };
  });
  if (merged.length === 0) return changes;
  return changes.sort(
    (a, b) => b.at.localeCompare(a.at) || Number(isLoser(a)) - Number(isLoser(b)) || b.version - a.version,
  );
}

/** Of the two sides of one merge, that of the record which stayed comes first. */
const isLoser = ({ clientId, merge }: ClientChange): boolean => merge?.loserId === clientId;
