import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api.ts';

/** Clients asked about at a time. */
const batch = 100;

/** Those of the clients who want no messages. Asked anew each time: somebody may have changed their mind a moment ago. */
export const refusalsQuery = (clientIds: readonly string[]) =>
  queryOptions({
    queryKey: ['message-refusals', clientIds],
    queryFn: async ({ signal }): Promise<ReadonlySet<string>> => {
      const refusing = new Set<string>();
      for (let at = 0; at < clientIds.length; at += batch) {
        const query = { clientId: clientIds.slice(at, at + batch) };
        const { items } = (await api('GET /message-refusals', { query, signal })).body;
        for (const { clientId } of items) refusing.add(clientId);
      }
      return refusing;
    },
    // A Set has no parts that could be kept.
    structuralSharing: false,
    staleTime: 0,
    gcTime: 0,
  });
