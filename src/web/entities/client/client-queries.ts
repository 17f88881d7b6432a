import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ResponseOf } from '../../../shared/api-client.ts';
import type { Client, ClientSummary } from '../../../shared/contracts/clients.ts';
import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';
import { byCursor, pageFrom } from '../../lib/paging.ts';

/** A client and the version it was read at. */
export interface VersionedClient {
  readonly client: Client;
  readonly etag: string;
}

/** Keys of the query cache. A change of a client invalidates what shows it by these. */
export const clientKeys = {
  all: ['clients'],
  lists: ['clients', 'list'],
  cards: ['clients', 'one'],
  histories: ['clients', 'history'],
  matching: ['clients', 'matching'],
  relatives: ['clients', 'relatives'],
  birthdays: ['clients', 'birthdays'],
  filterValues: ['clients', 'filters'],
} as const;

/** One client with its ETag. */
export const clientQuery = (id: string, ask = api) =>
  queryOptions({
    queryKey: [...clientKeys.cards, id],
    queryFn: async ({ signal }): Promise<VersionedClient> => {
      const { body, etag } = await ask('GET /clients/{id}', { params: { id }, signal });
      return { client: body, etag: etag ?? '' };
    },
  });

/** What changed in a client, page by page. The first page's address has no parameters, as the offline cache stores it. */
export const clientHistoryQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...clientKeys.histories, id],
    queryFn: async ({ pageParam, signal }): Promise<ResponseOf<'GET /clients/{id}/history'>> => {
      return (await api('GET /clients/{id}/history', { params: { id }, query: pageFrom(pageParam), signal })).body;
    },
    ...byCursor,
    staleTime: 0,
  });

/** The first few clients that a search finds. */
export const matchingClientsQuery = (q: string, limit: number) =>
  queryOptions({
    queryKey: [...clientKeys.matching, limit, q],
    queryFn: async ({ signal }): Promise<readonly ClientSummary[]> =>
      (await api('GET /clients', { query: { q, limit }, signal })).body.items,
  });

/** Reads everything about clients again, after many of them may have changed. */
export const refreshAllClients = (): Promise<void> => queryClient.invalidateQueries({ queryKey: clientKeys.all });
