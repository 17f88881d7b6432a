import { useSyncExternalStore } from 'react';
import { forgetSeen } from './seen-copies.ts';
import type { Me } from '../../shared/contracts/auth.ts';
import type { Problem } from '../../shared/errors.ts';

/** What this device remembers of its session. The tokens themselves are in HttpOnly cookies that no script sees. */
interface Remembered {
  /** When the access was last renewed, ms of the epoch. */
  readonly renewedAt: number;
  /** When the access ends, ms of the epoch. */
  readonly expiresAt: number;
  /** The professional's id. */
  readonly who: string | undefined;
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
/** Over, though the person may still sign in again on top of the page. */
let isOver = false;
let arrived: Me | undefined;

function announce(): void {
  dispatchEvent(new Event(changed));
}

function parse(entry: string | null): Remembered | undefined {
  try {
    return (JSON.parse(entry ?? 'null') as Remembered | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export const readSession = (): Remembered | undefined => parse(localStorage.getItem(key));

/** Id of the professional whose session is there; undefined once it is over. */
export const findSessionOwner = (): string | undefined => (isOver ? undefined : readSession()?.who);

/** Notes fresh cookies, and who signed in. `expiresIn` is in seconds. Other tabs learn of it too. */
export function rememberSession(expiresIn: number, professional?: Me): void {
  arrived = professional ?? arrived;
  const now = Date.now();
  const before = readSession()?.who;
  const who = professional?.id ?? before;
  if (who !== before) void forgetSeen();
  const remembered: Remembered = { renewedAt: now, expiresAt: now + expiresIn * 1000, who };
  localStorage.setItem(key, JSON.stringify(remembered));
  if (pending !== undefined && before !== undefined && who !== before) {
    // Somebody else signed in on top of the page: nothing of it may be shown to, or sent by, them.
    location.replace('/clientes');
    return;
  }
  lastEnd = undefined;
  isOver = false;
  settle(true);
}

/** What belongs to the device and not to the person: its id, its look, and that a passkey was offered here. */
const ofTheDevice = new Set(['acolhe.device', 'acolhe.appearance', 'acolhe.passkey-offer']);

/** Removes everything of the person that pages keep in this browser, drafts included. */
function clearPersonalData(): Promise<void> {
  for (const store of [localStorage, sessionStorage])
    for (const name of Object.keys(store)) if (!ofTheDevice.has(name)) store.removeItem(name);
  return forgetSeen();
}

/** Forgets the session after signing out. Other tabs leave too. */
export async function forgetSession(): Promise<void> {
  const cleared = clearPersonalData();
  arrived = undefined;
  settle(false);
  await cleared;
}

/** Removes what a session that is no longer there has left: its browser was closed before it could. */
export function clearLeftovers(): void {
  if (readSession() === undefined) void forgetSeen();
}

function settle(signedIn: boolean): void {
  const settled = pending;
  pending = undefined;
  settled?.answer(signedIn);
  announce();
}

/** Opens the “Sessão expirada” dialog, once for all waiting requests. */
export function askToSignInAgain(problem: Problem): Promise<boolean> {
  noteSessionEnd(problem);
  if (pending === undefined) {
    let answer: (signedIn: boolean) => void = () => undefined;
    const settled = new Promise<boolean>((resolve) => {
      answer = resolve;
    });
    pending = { problem, answer, settled };
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

/** Who ended the session from another device may have lost this one: what was seen here goes at once. */
export function noteSessionEnd(problem: Problem): void {
  lastEnd = problem;
  isOver = true;
  void forgetSeen();
}

function subscribe(listener: () => void): () => void {
  addEventListener(changed, listener);
  return () => {
    removeEventListener(changed, listener);
  };
}

/** The problem that the person must sign in again for, or undefined. */
export const useExpiredSession = (): Problem | undefined => useSyncExternalStore(subscribe, () => pending?.problem);

/**
 * Follows what other tabs do. A sign-in there ends the waiting here; when someone else signed in, or the person signed
 * out, the page is loaded anew, so that nothing of one person is shown to, or sent by, another.
 */
export function followOtherTabs(): void {
  addEventListener('storage', (event) => {
    if (event.key !== key) return;
    const before = parse(event.oldValue);
    const now = parse(event.newValue);
    if (now === undefined) {
      void clearPersonalData();
      location.replace('/entrar');
    } else if (before !== undefined && before.who !== now.who) location.reload();
    else {
      isOver = false;
      settle(true);
    }
  });
}
