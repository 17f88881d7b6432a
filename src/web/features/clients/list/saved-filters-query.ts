import { queryOptions } from '@tanstack/react-query';
import type { SavedFilter } from '../../../../shared/contracts/saved-filters.ts';
import { api } from '../../../lib/api.ts';
import { queryClient } from '../../../lib/query.ts';

/** The filters that this person has kept, by name. */
export const savedFiltersQuery = queryOptions({
  queryKey: ['saved-filters'],
  queryFn: async ({ signal }): Promise<readonly SavedFilter[]> =>
    (await api('GET /saved-filters', { signal })).body.items,
  staleTime: 5 * 60_000,
});

export const refreshSavedFilters = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: savedFiltersQuery.queryKey });
