import { queryOptions } from '@tanstack/react-query';
import { meQuery } from '../../lib/me.ts';
import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';

const key = ['coverings'] as const;

/** Who covers whom, the latest first. */
export const coveringsQuery = queryOptions({
  queryKey: [...key, 'list'],
  queryFn: async ({ signal }) => (await api('GET /coverings', { signal })).body.items,
});

/** The latest emergency accesses; those beyond are in the trail. */
export const emergenciesQuery = queryOptions({
  queryKey: [...key, 'emergencies'],
  queryFn: async ({ signal }) => (await api('GET /emergency-accesses', { query: { limit: 50 }, signal })).body.items,
});

/** Reads both lists again, and what this person may do, which follows from them. */
export async function refreshCoverings(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: key });
  await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
}
