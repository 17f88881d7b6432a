import { queryOptions } from '@tanstack/react-query';
import type { Client } from '../../../shared/contracts/clients.ts';
import { listLatestCopies } from '../../lib/offline-cache.ts';
import { findSessionOwner } from '../../lib/session.ts';
import { clientKeys } from './client-queries.ts';

/** How many are shown; a few more are read, because archived ones are left out. */
const shown = 5;

/**
 * The clients whose cards were opened last in this session, the latest first. They are the copies of the offline cache, so that
 * nothing else about clients is stored, and all of it goes with the session.
 */
export const recentClientsQuery = queryOptions({
  queryKey: [...clientKeys.all, 'recent'],
  queryFn: async (): Promise<readonly Client[]> => {
    const owner = findSessionOwner();
    if (owner === undefined) return [];
    const copies = await listLatestCopies(owner, 'clients/{id}', 2 * shown);
    const clients = await Promise.all(copies.map((copy) => copy.json() as Promise<Client>));
    return clients.filter(({ archivedAt }) => archivedAt === null).slice(0, shown);
  },
  staleTime: 0,
  gcTime: 0,
  retry: false,
});
