import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { clientKeys, clientQuery } from '../../../entities/client/client-queries.ts';
import { prefetchTags } from '../../../entities/tag/tag-queries.ts';
import { api, quietApi } from '../../../lib/api.ts';
import { queryClient } from '../../../lib/query.ts';
import { isPhone } from '../../../ui/screen.ts';
import { type ClientPage, maxRefreshedPages } from '../client-cache.ts';
import { type ListFilters, readListFilters } from './list-filters.ts';
import { byCursor } from '../../../lib/paging.ts';

/** Clients on the first page: enough for any screen, and quickly loaded. Further pages are larger. */
const firstPageSize = 60;
const pageSize = 100;

/** The filtered list, page by page. Earlier results are shown until the new ones arrive. */
export const clientListQuery = (filters: ListFilters, ask = api) =>
  infiniteQueryOptions({
    queryKey: [...clientKeys.lists, filters],
    queryFn: async ({ pageParam, signal }): Promise<ClientPage> => {
      const page = pageParam === null ? { limit: firstPageSize } : { limit: pageSize, cursor: pageParam };
      return (await ask('GET /clients', { query: { ...filters, ...page }, signal })).body;
    },
    ...byCursor,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: (query) => (query.state.data?.pages.length ?? 0) <= maxRefreshedPages,
  });

/** The cities, states and tags for the filters. */
export const filterValuesQuery = queryOptions({
  queryKey: clientKeys.filterValues,
  queryFn: async ({ signal }) => (await api('GET /clients/filters', { signal })).body,
  staleTime: 5 * 60_000,
});

/** Requests the data of a list or card while its page is still loading. Rejects without a session. */
export async function prefetchClients(
  search: Readonly<Record<string, unknown>>,
  id: string | undefined,
): Promise<void> {
  // On a phone a card covers the list, which is then read later.
  const isCovered = id !== undefined && isPhone();
  await Promise.all([
    !isCovered && queryClient.infiniteQuery(clientListQuery(readListFilters(search), quietApi)),
    id !== undefined && queryClient.query(clientQuery(id, quietApi)),
    prefetchTags(),
  ]);
}
