import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { ApiError, api, endOwnSession, isOffline, quietApi } from './api.ts';
import { settleSignOut } from './pending-sign-out.ts';
import { deleteCopies } from './offline-cache.ts';
import { queryClient } from './query.ts';
import { readSession, takeArrived } from './session.ts';
import type { Me } from '../../shared/contracts/auth.ts';
import { plainStanding } from '../../shared/permissions.ts';

const rightsKey = 'acolhe-rights';

/**
 * Forgets what was read with other rights, on the page and in the offline cache: some of it may be hidden now. An answer of the
 * release before, such as a copy on the device, says nothing but the role.
 */
function noteRights(answer: Me): Me {
  const me = { ...plainStanding(answer.role), ...answer };
  const { id, role, clinicalAccess, seesClinic, covered, coveredClients, emergencies } = me;
  const rights = JSON.stringify([id, role, clinicalAccess, seesClinic, covered, coveredClients, emergencies]);
  const before = localStorage.getItem(rightsKey);
  localStorage.setItem(rightsKey, rights);
  if (before !== null && before !== rights) {
    void deleteCopies();
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
  }
  return me;
}

/** The signed-in professional; fetched again on focus and when coming online, so that an ended session is noticed. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Me> => noteRights((await api('GET /me', { signal })).body),
  refetchOnWindowFocus: 'always',
});

/** The signed-in professional, or undefined without a session. Rejects when the server can't be reached. */
export async function findMe(): Promise<Me | undefined> {
  const arrived = takeArrived();
  if (arrived !== undefined) queryClient.setQueryData(meQuery.queryKey, arrived);
  const known = queryClient.getQueryData(meQuery.queryKey);
  if (known !== undefined) return known;
  // The cookies of somebody who has left must not bring them back.
  if (!(await settleSignOut(endOwnSession))) return undefined;
  try {
    const me = noteRights((await quietApi('GET /me')).body);
    queryClient.setQueryData(meQuery.queryKey, me);
    return me;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return undefined;
    // Without a known session on this device, the sign-in page is shown even without a connection.
    if (isOffline(error) && readSession() === undefined) return undefined;
    throw error;
  }
}

/** The signed-in professional, on pages behind the sign-in. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;

/** The IANA time zone of the clinic, in which pages behind the sign-in show every moment. */
export const useClinicTimeZone = (): string => useMe().clinic.timeZone;
