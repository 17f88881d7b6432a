import { queryOptions } from '@tanstack/react-query';
import type { VisitType, Room } from '../../../shared/contracts/agenda/availability.ts';
import type { Clinic } from '../../../shared/contracts/agenda/clinic.ts';
import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';

interface VersionedClinic {
  readonly clinic: Clinic;
  readonly etag: string;
}

/** The clinic's settings with the version they were read at. */
export const clinicQuery = queryOptions({
  queryKey: ['clinic'],
  queryFn: async ({ signal }): Promise<VersionedClinic> => {
    const { body, etag } = await api('GET /clinic', { signal });
    return { clinic: body, etag: etag ?? '' };
  },
  staleTime: 5 * 60_000,
});

/** All kinds of visit, those that are no longer offered too. */
export const visitTypesQuery = queryOptions({
  queryKey: ['clinic', 'visit-types'],
  queryFn: async ({ signal }): Promise<readonly VisitType[]> => (await api('GET /visit-types', { signal })).body.items,
  staleTime: 5 * 60_000,
});

export const roomsQuery = queryOptions({
  queryKey: ['clinic', 'rooms'],
  queryFn: async ({ signal }): Promise<readonly Room[]> => (await api('GET /rooms', { signal })).body.items,
  staleTime: 5 * 60_000,
});

/** Reads the clinic's settings, kinds of visit and rooms again. */
export const refreshClinic = (): Promise<void> => queryClient.invalidateQueries({ queryKey: clinicQuery.queryKey });
