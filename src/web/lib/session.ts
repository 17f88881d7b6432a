import { useSyncExternalStore } from 'react';
import type { Me } from '../../shared/contracts/auth.ts';
import type { Problem } from '../../shared/errors.ts';

/** What this device remembers of its session. The tokens themselves are in HttpOnly cookies that no script sees. */
interface Remembered {
  /** When the access was last renewed, ms of the epoch. */
  readonly renewedAt: number;
  /** When the access ends, ms of the epoch. */
  readonly expiresAt: number;
}

const key = 'acolhe.session';
const changed = 'acolhe:session';

/** A sign-in that requests are waiting for. */
interface PendingSignIn {
  readonly problem: Problem;
  readonly answer: (signedIn: boolean) => void;
  readonly settled: Promise<boolean>;
}

let pending: PendingSignIn | undefined;
let lastEnd: Problem | undefined;
let arrived: Me | undefined;

function announce(): void {
  dispatchEvent(new Event(changed));
}

export function readSession(): Remembered | undefined {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as Remembered | undefined) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Notes fresh cookies, and who signed in. `expiresIn` is in seconds. Other tabs learn of it too. */
export function rememberSession(expiresIn: number, professional?: Me): void {
  arrived = professional ?? arrived;
  const now = Date.now();
  localStorage.setItem(key, JSON.stringify({ renewedAt: now, expiresAt: now + expiresIn * 1000 } satisfies Remembered));
  lastEnd = undefined;
  settle(true);
}

/** Forgets the session after signing out. Other tabs leave too. */
export function forgetSession(): void {
  localStorage.removeItem(key);
  settle(false);
}

function settle(signedIn: boolean): void {
  const settled = pending;
  pending = undefined;
  settled?.answer(signedIn);
  announce();
}

/** Opens the “Sessão expirada” dialog, once for all waiting requests. */
export function askToSignInAgain(problem: Problem): Promise<boolean> {
  lastEnd = problem;
  if (pending === undefined) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    pending = { problem, answer: resolve, settled: promise };
    announce();
  }
  return pending.settled;
}

/** Who has just signed in, once: spares the first page a question. */
export function takeArrived(): Me | undefined {
  const me = arrived;
  arrived = undefined;
  return me;
}

/** Why the session before ended, as the server told it. */
export const whySessionEnded = (): Problem | undefined => lastEnd;

export function noteSessionEnd(problem: Problem): void {
  lastEnd = problem;
}

function subscribe(listener: () => void): () => void {
  addEventListener(changed, listener);
  return () => {
    removeEventListener(changed, listener);
  };
}

/** The problem that the person must sign in again for, or undefined. */
export const useExpiredSession = (): Problem | undefined => useSyncExternalStore(subscribe, () => pending?.problem);

/** Follows what other tabs do: a sign-in there ends the waiting here, a sign-out there calls `onSignedOut`. */
export function followOtherTabs(onSignedOut: () => void): void {
  addEventListener('storage', (event) => {
    if (event.key !== key) return;
    if (event.newValue !== null) settle(true);
    else {
      settle(false);
      onSignedOut();
    }
  });
}
