import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';
import { refreshAllClients } from '../client/client-queries.ts';

/** Key of the query cache for the likely duplicates. */
export const pairsKey = ['duplicates'] as const;

/** Reads duplicates and clients again after a merge, which may change lists, cards and histories. */
export function refreshMerged(): Promise<void> {
  void queryClient.invalidateQueries({ queryKey: pairsKey });
  return refreshAllClients();
}

/** Takes a merge back. @returns the fields that were left as they are, because they changed after it */
export async function undoMerge(id: string): Promise<readonly string[]> {
  return (await api('POST /duplicates/merges/{id}/undo', { params: { id } })).body.kept;
}
