import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';
import { refreshAllClients } from '../client/client-queries.ts';

/** Where the likely duplicates are kept. */
export const pairsKey = ['duplicates'] as const;

/** Lists, cards and histories may all be other now. */
export function refreshMerged(): Promise<void> {
  void queryClient.invalidateQueries({ queryKey: pairsKey });
  return refreshAllClients();
}

/** Takes a merge back. @returns the fields that were left as they are, because they changed after it */
export async function undoMerge(id: string): Promise<readonly string[]> {
  return (await api('POST /duplicates/merges/{id}/undo', { params: { id } })).body.kept;
}
