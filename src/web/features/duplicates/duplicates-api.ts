import { infiniteQueryOptions } from '@tanstack/react-query';
import type { ResponseOf } from '../../../shared/api-client.ts';
import type { MergeInput } from '../../../shared/contracts/duplicates.ts';
import { pairsKey, refreshMerged } from '../../entities/merge/merges.ts';
import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';
import { byCursor, pageFrom } from '../../lib/paging.ts';

type PairPage = ResponseOf<'GET /duplicates'>;

/** The likely duplicates, page by page, the most certain first. */
export const pairsQuery = infiniteQueryOptions({
  queryKey: pairsKey,
  queryFn: async ({ pageParam, signal }): Promise<PairPage> => {
    return (await api('GET /duplicates', { query: { limit: 30, ...pageFrom(pageParam) }, signal })).body;
  },
  ...byCursor,
});

/** Merges two clients. @returns the id of the merge, by which it can be undone */
export async function merge(body: MergeInput): Promise<string> {
  const answer = await api('POST /duplicates/merge', { body });
  void refreshMerged();
  return answer.body.merge.id;
}

/** Marks two clients as different people. @returns the id of the dismissal, by which it can be withdrawn */
export async function dismiss(clientIds: [string, string]): Promise<string> {
  const answer = await api('POST /duplicates/dismissals', { body: { clientIds } });
  void queryClient.invalidateQueries({ queryKey: pairsKey });
  return answer.body.id;
}

export async function withdrawDismissal(id: string): Promise<void> {
  await api('DELETE /duplicates/dismissals/{id}', { params: { id } });
  await queryClient.invalidateQueries({ queryKey: pairsKey });
}
