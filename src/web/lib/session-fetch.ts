import type { Problem } from '../../shared/problem.ts';

/** `renewed`: the request can be sent again. `over`, or a problem that says why: the person has to sign in again. */
export type Renewal = 'renewed' | 'over' | Problem;

export interface SessionKeeper {
  /** Whether the access is about to expire. */
  readonly isStale: () => boolean;
  /**
   * Renews the access, unless this tab or another has done so after `since` (milliseconds of the epoch). Rejects when the server
   * cannot be reached.
   */
  readonly renew: (since: number) => Promise<Renewal>;
  /** Asks the person to sign in again, over the page. Resolves to false when they leave instead. */
  readonly signInAgain: (problem: Problem) => Promise<boolean>;
}

const renewable = new Set(['unauthenticated', 'token_expired']);
const sessionProblems = new Set([...renewable, 'invalid_token', 'session_ended']);

/** The problem of an answer, if it is about the session. */
async function readSessionProblem(response: Response): Promise<Problem | undefined> {
  if (response.status !== 401) return undefined;
  const problem = (await response
    .clone()
    .json()
    .catch(() => undefined)) as Problem | undefined;
  return problem !== undefined && sessionProblems.has(problem.code) ? problem : undefined;
}

/**
 * Creates a fetch that keeps the session alive: it renews the access silently, or, when the session is over, lets the person
 * sign in again; then it sends the request again. Bodies must be repeatable (no streams).
 */
export function createSessionFetch(keeper: SessionKeeper, send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const sentAt = Date.now();
    // If the renewal cannot reach the server, neither can the request, which then says so.
    const early = keeper.isStale() ? await keeper.renew(sentAt).catch(() => undefined) : undefined;
    const isKnownOver = typeof early === 'object';
    if (isKnownOver) await keeper.signInAgain(early);

    const response = await send(input, init);
    const problem = await readSessionProblem(response);
    if (problem === undefined || isKnownOver) return response;

    const renewal = renewable.has(problem.code) ? await keeper.renew(sentAt) : 'over';
    if (renewal === 'renewed') return send(input, init);
    const isBack = await keeper.signInAgain(renewal === 'over' ? problem : renewal);
    return isBack ? send(input, init) : response;
  };
}
