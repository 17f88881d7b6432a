import { infiniteQueryOptions } from '@tanstack/react-query';
import type { ResponseOf } from '../../../shared/api-client.ts';
import type { DataRequest, DataRequestPatch } from '../../../shared/contracts/data-requests.ts';
import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';
import { byCursor, pageFrom } from '../../lib/paging.ts';

export type RequestStatus = 'open' | 'answered';

/** Requests, page by page: open ones with what is due first, answered ones the latest first. */
export const requestsQuery = (status: RequestStatus) =>
  infiniteQueryOptions({
    queryKey: ['data-requests', status],
    queryFn: async ({ pageParam, signal }): Promise<ResponseOf<'GET /data-requests'>> => {
      return (await api('GET /data-requests', { query: { status, ...pageFrom(pageParam) }, signal })).body;
    },
    ...byCursor,
    staleTime: 0,
  });

export const refreshRequests = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['data-requests'] });

/** Changes a request as it is now. */
export async function changeRequest({ id }: DataRequest, body: DataRequestPatch): Promise<void> {
  const { etag } = await api('GET /data-requests/{id}', { params: { id } });
  await api('PATCH /data-requests/{id}', { params: { id }, headers: { 'if-match': etag ?? '' }, body });
  await refreshRequests();
}
