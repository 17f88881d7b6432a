import { queryOptions } from '@tanstack/react-query';
import type { Policy } from '../../../shared/contracts/policies.ts';
import { api } from '../../lib/api.ts';

/** The notice and the terms in all their versions, the newest first. */
export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: async ({ signal }): Promise<readonly Policy[]> => (await api('GET /policies', { signal })).body.items,
});
