import { ApiError, createApiClient } from '../../shared/api-client.ts';
import { currentLanguage } from './i18n.ts';
import { askToSignInAgain, noteSessionEnd, readSession, rememberSession } from './session.ts';
import { fetchWithOfflineCache } from './offline-fetch.ts';
import { withIdempotencyKeys } from './repeats.ts';
import { createSessionFetch } from './session-fetch.ts';
import { UnreachableError, fetchOrThrow } from './unreachable.ts';
import type { ApiClient, ApiClientOptions } from '../../shared/api-client.ts';
import type { Renewal } from './session-fetch.ts';

const options = {
  baseUrl: import.meta.env.VITE_API_BASE_URL ?? '',
  // A page of another site cannot send a custom header without a CORS preflight.
  headers: () => ({ 'x-acolhe-client': 'web', 'accept-language': currentLanguage() }),
  fetch: fetchOrThrow,
} satisfies ApiClientOptions;

/** The API without a session: for requesting a code, signing in, refreshing. */
export const publicApi = createApiClient(options);

/** Gets new tokens. @returns the problem if the server refuses; rejects when it cannot be reached */
async function refresh(): Promise<Renewal> {
  try {
    const { body } = await publicApi('POST /auth/refresh', { body: {} });
    rememberSession(body.expiresIn);
    return 'renewed';
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    return error.problem;
  }
}

let renewing: Promise<Renewal> | undefined;

/** All requests of this tab that need a refresh at the same time share one. */
const renew = (since: number): Promise<Renewal> =>
  (renewing ??= renewForAllTabs(since).finally(() => {
    renewing = undefined;
  }));

/** All tabs share one refresh: those that waited for the lock find that it is done. */
async function renewForAllTabs(since: number): Promise<Renewal> {
  const isDone = (): boolean => (readSession()?.renewedAt ?? 0) >= since;
  const work = (): Promise<Renewal> => (isDone() ? Promise.resolve('renewed') : refresh());
  // Outside a secure context, such as plain http in a local network, there are no Web Locks.
  const locks = (navigator as Partial<Navigator>).locks;
  if (locks === undefined) return work();
  const name = 'acolhe.refresh';
  const own = await locks.request(name, { ifAvailable: true }, (lock) => (lock === null ? undefined : work()));
  return (
    own ??
    locks.request(name, async () => {
      // The lock may be free before the other tab's storage is visible here.
      if (!isDone()) await waitForStorage(isDone, 500);
      return work();
    })
  );
}

/** Waits until another tab has stored what makes a condition true, at most so many milliseconds. */
const waitForStorage = (isTrue: () => boolean, atMost: number): Promise<void> =>
  new Promise((resolve) => {
    const check = (): void => {
      if (isTrue()) end();
    };
    const end = (): void => {
      removeEventListener('storage', check);
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, atMost);
    addEventListener('storage', check);
  });

/** Whether the access ends within a minute, or within a tenth of its time if that is less. */
const isStale = (): boolean => {
  const session = readSession();
  if (session === undefined) return false;
  const margin = Math.min(60_000, (session.expiresAt - session.renewedAt) / 10);
  return session.expiresAt - Date.now() < margin;
};

/** The API over a given fetch. It renews the session silently, or opens the sign-in dialog over the page. */
export const createSessionApi = (send: typeof fetch): ApiClient =>
  withIdempotencyKeys(
    createApiClient({ ...options, fetch: createSessionFetch({ isStale, renew, signInAgain: askToSignInAgain }, send) }),
  );

/** The API for signed-in pages. Without a connection it answers from the offline cache. */
export const api = createSessionApi(fetchWithOfflineCache);

/** The API for finding out whether there is a session: it never opens the sign-in dialog. */
export const quietApi = createApiClient({
  ...options,
  fetch: createSessionFetch(
    {
      isStale,
      renew: (since) => (readSession() === undefined ? Promise.resolve('over') : renew(since)),
      signInAgain: (problem) => {
        if (readSession() !== undefined) noteSessionEnd(problem);
        return Promise.resolve(false);
      },
    },
    fetchWithOfflineCache,
  ),
});

/** Ends this device's session on the server. Rejects when it cannot be reached in five seconds. */
export const endOwnSession = () => quietApi('DELETE /auth/sessions/current', { signal: AbortSignal.timeout(5_000) });

/** Whether an error means that the server could not be reached, as opposed to an answer with a problem. */
export const isOffline = (error: unknown): boolean => error instanceof UnreachableError;

export { ApiError };
