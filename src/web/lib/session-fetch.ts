import type { Problem } from '../../shared/problem.ts';

/** `renewed`: the cookies are fresh, send again. `over`: only signing in helps; a problem says why. */
export type Renewal = 'renewed' | 'over' | Problem;

export interface SessionKeeper {
  /** Whether the access is about to expire. */
  readonly isStale: () => boolean;
  /**
   * Renews the access unless that was done, in this tab or another, after `since` (ms of the epoch). Rejects when
   * offline.
   */
  readonly renew: (since: number) => Promise<Renewal>;
  /** Asks the person to sign in again on top of the page; false when they would rather leave. */
  readonly signInAgain: (problem: Problem) => Promise<boolean>;
}

const renewable = new Set(['unauthenticated', 'token_expired']);
const sessionProblems = new Set([...renewable, 'invalid_token', 'session_ended']);

async function problemOf(response: Response): Promise<Problem | undefined> {
  if (response.status !== 401) return undefined;
  const problem = (await response
    .clone()
    .json()
    .catch(() => undefined)) as Problem | undefined;
  return problem !== undefined && sessionProblems.has(problem.code) ? problem : undefined;
}

/**
 * A fetch that keeps the session alive: renews the access silently, and when the session is over lets the person
 * sign in again and sends the waiting request once more. Bodies must be repeatable (strings, not streams).
 */
export function createSessionFetch(keeper: SessionKeeper, send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const sentAt = Date.now();
    // When offline, the request itself will fail.
    const early = keeper.isStale() ? await keeper.renew(sentAt).catch(() => undefined) : undefined;
    const isKnownOver = typeof early === 'object';
    if (isKnownOver) await keeper.signInAgain(early);

    const response = await send(input, init);
    const problem = await problemOf(response);
    if (problem === undefined || isKnownOver) return response;

    const renewal = renewable.has(problem.code) ? await keeper.renew(sentAt) : 'over';
    if (renewal === 'renewed') return send(input, init);
    const isBack = await keeper.signInAgain(renewal === 'over' ? problem : renewal);
    return isBack ? send(input, init) : response;
  };
}
