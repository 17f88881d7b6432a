import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ResponseOf } from '../../../shared/api-client.ts';
import type { Incident } from '../../../shared/contracts/incidents.ts';
import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';
import { byCursor, pageFrom } from '../../lib/paging.ts';

const incidentsKey = ['incidents'] as const;

/** Incidents page by page, the newest first. */
export const incidentsQuery = infiniteQueryOptions({
  queryKey: [...incidentsKey, 'list'],
  queryFn: async ({ pageParam, signal }): Promise<ResponseOf<'GET /incidents'>> => {
    return (await api('GET /incidents', { query: pageFrom(pageParam), signal })).body;
  },
  ...byCursor,
});

interface VersionedIncident {
  readonly incident: Incident;
  readonly etag: string;
}

/** One incident, with what the trail says about it now. */
export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: [...incidentsKey, 'one', id],
    queryFn: async ({ signal }): Promise<VersionedIncident> => {
      const { body, etag } = await api('GET /incidents/{id}', { params: { id }, signal });
      return { incident: body, etag: etag ?? '' };
    },
  });

export const refreshIncidents = (): Promise<void> => queryClient.invalidateQueries({ queryKey: incidentsKey });
