import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ResponseOf } from '../../../shared/api-client.ts';
import type { SessionPackage, SessionPackagePatch } from '../../../shared/contracts/agenda/session-packages.ts';
import { api } from '../../lib/api.ts';
import { ifMatch } from '../../lib/if-match.ts';
import { agendaKeys } from '../appointment/appointment-queries.ts';
import { byCursor, pageFrom } from '../../lib/paging.ts';

/** Below those of the agenda: every appointment may use up a session. */
const packagesKey = [...agendaKeys.all, 'packages'] as const;

/** The latest packages of a client. */
export const clientPackagesQuery = (clientId: string) =>
  queryOptions({
    queryKey: [...packagesKey, 'client', clientId],
    queryFn: async ({ signal }): Promise<readonly SessionPackage[]> =>
      (await api('GET /session-packages', { query: { clientId, limit: 50 }, signal })).body.items,
  });

/** Packages of the clinic, the newest first: those that run, or those that were ended. */
export const packagesQuery = (closed: boolean) =>
  infiniteQueryOptions({
    queryKey: [...packagesKey, 'clinic', closed],
    queryFn: async ({ pageParam, signal }): Promise<ResponseOf<'GET /session-packages'>> => {
      const query = { closed: String(closed), ...pageFrom(pageParam) };
      return (await api('GET /session-packages', { query, signal })).body;
    },
    ...byCursor,
  });

export const changePackage = async (
  { id, version }: SessionPackage,
  body: SessionPackagePatch,
): Promise<SessionPackage> =>
  (
    await api('PATCH /session-packages/{id}', {
      params: { id },
      body,
      headers: ifMatch(version),
    })
  ).body;

/** How many sessions can still be booked. */
export const countFree = ({ total, used, booked, closed }: SessionPackage): number =>
  closed ? 0 : Math.max(0, total - used - booked);
