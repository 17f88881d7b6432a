import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { clientKeys, clientQuery } from '../../../entities/client/client-queries.ts';
import { api, quietApi } from '../../../lib/api.ts';
import { queryClient } from '../../../lib/query.ts';
import { type ClientPage, refreshedPages } from '../client-cache.ts';
import { type ListFilters, readListFilters } from './list-filters.ts';

/** Enough for any screen, and quickly there; then longer pages, for whoever scrolls. */
const firstPageSize = 60;
const pageSize = 100;

/** The list under some filters, page by page; earlier results stay until the new ones are here. */
export const clientListQuery = (filters: ListFilters, ask = api) =>
  infiniteQueryOptions({
    queryKey: [...clientKeys.lists, filters],
    queryFn: async ({ pageParam, signal }): Promise<ClientPage> => {
      const page = pageParam === null ? { limit: firstPageSize } : { limit: pageSize, cursor: pageParam };
      return (await ask('GET /clients', { query: { ...filters, ...page }, signal })).body;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: (query) => (query.state.data?.pages.length ?? 0) <= refreshedPages,
  });

/** What the list can be narrowed by. */
export const filterValuesQuery = queryOptions({
  queryKey: clientKeys.filterValues,
  queryFn: async ({ signal }) => (await api('GET /clients/filters', { signal })).body,
  staleTime: 5 * 60_000,
});

/** Asks for what the address of a list or a card shows before the page is there; without a session nothing comes of it. */
export async function prefetchClients(
  search: Readonly<Record<string, unknown>>,
  id: string | undefined,
): Promise<void> {
  await Promise.all([
    queryClient.infiniteQuery(clientListQuery(readListFilters(search), quietApi)),
    id !== undefined && queryClient.query(clientQuery(id, quietApi)),
  ]);
}
