import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ResponseOf } from '../../../shared/api-client.ts';
import type { Client } from '../../../shared/contracts/clients.ts';
import type { MergeInput } from '../../../shared/contracts/duplicates.ts';
import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';

type PairPage = ResponseOf<'GET /duplicates'>;

/** A client and the version it was read at. */
export interface SeenClient {
  readonly client: Client;
  readonly etag: string;
}

const pairs = ['duplicates'] as const;

/** The likely duplicates, page by page, the most certain first. */
export const pairsQuery = infiniteQueryOptions({
  queryKey: pairs,
  queryFn: async ({ pageParam, signal }): Promise<PairPage> => {
    const cursor = pageParam === null ? {} : { cursor: pageParam };
    return (await api('GET /duplicates', { query: { limit: 30, ...cursor }, signal })).body;
  },
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
});

/** One client, kept where the card keeps it, and read anew: what is merged has to be what is there. */
export const seenClientQuery = (id: string) =>
  queryOptions({
    queryKey: ['clients', 'one', id],
    queryFn: async ({ signal }): Promise<SeenClient> => {
      const { body, etag } = await api('GET /clients/{id}', { params: { id }, signal });
      return { client: body, etag: etag ?? '' };
    },
  });

/** Everybody of the clinic, as the team's page keeps them. */
export const professionalsQuery = queryOptions({
  queryKey: ['professionals'],
  queryFn: async ({ signal }) => (await api('GET /professionals', { signal })).body.items,
});

/** Lists, cards and histories may all be other now. */
export function refreshAll(): void {
  void queryClient.invalidateQueries({ queryKey: pairs });
  void queryClient.invalidateQueries({ queryKey: ['clients'] });
}

export async function merge(body: MergeInput): Promise<string> {
  const answer = await api('POST /duplicates/merge', { body });
  refreshAll();
  return answer.body.merge.id;
}

/** Takes a merge back; gives the fields that were left as they are. */
export async function undoMerge(id: string): Promise<readonly string[]> {
  const answer = await api('POST /duplicates/merges/{id}/undo', { params: { id } });
  refreshAll();
  return answer.body.kept;
}

export async function dismiss(clientIds: [string, string]): Promise<string> {
  const answer = await api('POST /duplicates/dismissals', { body: { clientIds } });
  void queryClient.invalidateQueries({ queryKey: pairs });
  return answer.body.id;
}

export async function withdrawDismissal(id: string): Promise<void> {
  await api('DELETE /duplicates/dismissals/{id}', { params: { id } });
  await queryClient.invalidateQueries({ queryKey: pairs });
}
