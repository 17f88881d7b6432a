import { ApiError, createApiClient } from '../../shared/api-client.ts';
import { currentLanguage } from './i18n.ts';
import { askToSignInAgain, noteSessionEnd, readSession, rememberSession } from './session.ts';
import { reachOrRecall } from './offline-fetch.ts';
import { createSessionFetch } from './session-fetch.ts';
import { UnreachableError, reach } from './unreachable.ts';
import type { ApiClient, ApiClientOptions } from '../../shared/api-client.ts';
import type { Renewal } from './session-fetch.ts';

const options = {
  baseUrl: import.meta.env.VITE_API_BASE_URL ?? '',
  // A custom header: no other site's page may send it without being asked for first (CORS preflight).
  headers: () => ({ 'x-acolhe-client': 'web', 'accept-language': currentLanguage() }),
  fetch: reach,
} satisfies ApiClientOptions;

/** For calls that need no session or must not renew it: asking for a code, signing in, refreshing. */
export const publicApi = createApiClient(options);

async function rotate(): Promise<Renewal> {
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

/** One refresh for all requests of this tab that want one meanwhile. */
const renew = (since: number): Promise<Renewal> =>
  (renewing ??= renewForAllTabs(since).finally(() => {
    renewing = undefined;
  }));

/** One refresh for all tabs: those that waited for the lock find it already done. */
async function renewForAllTabs(since: number): Promise<Renewal> {
  const isDone = (): boolean => (readSession()?.renewedAt ?? 0) >= since;
  const work = (): Promise<Renewal> => (isDone() ? Promise.resolve('renewed') : rotate());
  // Outside a secure context, such as plain http in a local network, there are no Web Locks.
  const locks = (navigator as Partial<Navigator>).locks;
  if (locks === undefined) return work();
  const name = 'acolhe.refresh';
  const own = await locks.request(name, { ifAvailable: true }, (lock) => (lock === null ? undefined : work()));
  return (
    own ??
    locks.request(name, async () => {
      // The lock may be quicker than what the other tab has stored.
      if (!isDone()) await stored(isDone, 500);
      return work();
    })
  );
}

/** Waits until what another tab stores makes something true, so many milliseconds at most. */
const stored = (isTrue: () => boolean, atMost: number): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (isTrue()) end();
    };
    const end = (): void => {
      removeEventListener('storage', look);
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, atMost);
    addEventListener('storage', look);
  });

const isStale = (): boolean => {
  const session = readSession();
  if (session === undefined) return false;
  const margin = Math.min(60_000, (session.expiresAt - session.renewedAt) / 10);
  return session.expiresAt - Date.now() < margin;
};

/** The API with a given fetch. The session is renewed silently, or a sign-in dialog opens on top of the page. */
export const apiOver = (send: typeof fetch): ApiClient =>
  createApiClient({ ...options, fetch: createSessionFetch({ isStale, renew, signInAgain: askToSignInAgain }, send) });

/** The API as the signed-in pages use it. */
export const api = apiOver(reachOrRecall);

/** For finding out whether there is a session at all: never opens the sign-in dialog. */
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
    reachOrRecall,
  ),
});

/** Whether the server could not be reached at all, as opposed to answering with a problem. */
export const isOffline = (error: unknown): boolean => error instanceof UnreachableError;

export { ApiError };
