import { ApiError } from '../../shared/api-client.ts';

/**
 * Set while somebody has signed out without a connection: the device has forgotten them, and the cookies, which no script can
 * delete, are to be ended on the server with the first connection.
 */
const key = 'acolhe.pending-sign-out';
/** Milliseconds between two attempts. */
const interval = 10_000;

const isSignOutPending = (): boolean => localStorage.getItem(key) !== null;

export function noteSignOutPending(): void {
  localStorage.setItem(key, '1');
}

/** Called when somebody has signed in: the cookies are theirs now. */
export function dropPendingSignOut(): void {
  localStorage.removeItem(key);
}

/** Ends the session that was left, if there is one. @returns whether nothing is pending any more */
export async function settleSignOut(end: () => Promise<unknown>): Promise<boolean> {
  if (!isSignOutPending()) return true;
  try {
    await end();
  } catch (error) {
    // 401: the session had ended already.
    if (!(error instanceof ApiError) || error.status !== 401) return false;
  }
  dropPendingSignOut();
  return true;
}

/** Tries at the start, with each connection, and regularly, until nothing is pending. */
export function followPendingSignOut(end: () => Promise<unknown>): void {
  const attempt = (): void => {
    if (isSignOutPending()) void settleSignOut(end);
  };
  attempt();
  addEventListener('online', attempt);
  setInterval(attempt, interval);
}
