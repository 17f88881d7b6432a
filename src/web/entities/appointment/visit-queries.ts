import { queryOptions } from '@tanstack/react-query';
import type { ClientVisits } from '../../../shared/contracts/agenda/visits.ts';
import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';
import { agendaKeys } from './appointment-queries.ts';

const visitKeys = [...agendaKeys.all, 'visits'] as const;

/** When clients came last and come next, by their ids; those who never came are not in it. At most 100 ids. */
export const visitsQuery = (clientIds: readonly string[]) =>
  queryOptions({
    queryKey: [...visitKeys, clientIds],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, ClientVisits>> => {
      const { items } = (await api('GET /visits', { query: { clientId: [...clientIds] }, signal })).body;
      return new Map(items.map((visits) => [visits.clientId, visits]));
    },
    // A Map has no parts that could be kept.
    structuralSharing: false,
    staleTime: 60_000,
  });

/** Reads again when clients come, where that is on the page. */
export const refreshVisits = (): Promise<void> => queryClient.invalidateQueries({ queryKey: visitKeys });
