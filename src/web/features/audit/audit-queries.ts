import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ResponseOf } from '../../../shared/api-client.ts';
import type { AuditFilters } from '../../../shared/contracts/audit.ts';
import { api } from '../../lib/api.ts';
import { byCursor, pageFrom } from '../../lib/paging.ts';

/** The trail, page by page, the newest first. */
export const trailQuery = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'trail', filters],
    queryFn: async ({ pageParam, signal }): Promise<ResponseOf<'GET /audit'>> => {
      return (await api('GET /audit', { query: { ...filters, ...pageFrom(pageParam) }, signal })).body;
    },
    ...byCursor,
    staleTime: 0,
  });

/** The people and actions that the trail can be narrowed to. */
export const trailFilterQuery = queryOptions({
  queryKey: ['audit', 'filters'],
  queryFn: async ({ signal }) => (await api('GET /audit/filters', { signal })).body,
});

/** Who opened a client's record, page by page, the newest first. */
export const viewersQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'viewers', id],
    queryFn: async ({ pageParam, signal }): Promise<ResponseOf<'GET /clients/{id}/viewers'>> => {
      return (
        await api('GET /clients/{id}/viewers', {
          params: { id },
          query: { limit: 100, ...pageFrom(pageParam) },
          signal,
        })
      ).body;
    },
    ...byCursor,
    staleTime: 0,
  });
