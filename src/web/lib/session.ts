import { useSyncExternalStore } from 'react';
import { forgetCopies } from './offline-cache.ts';
import type { Me } from '../../shared/contracts/auth.ts';
import type { Problem } from '../../shared/problem.ts';

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
/** The session has ended, although the person may still sign in again on top of the page. */
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

/** Id of the signed-in professional; undefined once the session has ended. */
export const findSessionOwner = (): string | undefined => (isOver ? undefined : readSession()?.who);

/** Notes fresh cookies, and who signed in. `expiresIn` is in seconds. Other tabs learn of it too. */
export function rememberSession(expiresIn: number, professional?: Me): void {
  arrived = professional ?? arrived;
  const now = Date.now();
  const before = readSession()?.who;
  const who = professional?.id ?? before;
  if (who !== before) void forgetCopies();
  const remembered: Remembered = { renewedAt: now, expiresAt: now + expiresIn * 1000, who };
  localStorage.setItem(key, JSON.stringify(remembered));
  if (pending !== undefined && before !== undefined && who !== before) {
    // Somebody else signed in on top of the page: they must neither see it nor send what it holds.
    location.replace('/clientes');
    return;
  }
  lastEnd = undefined;
  isOver = false;
  settle(true);
}

/** Keys that belong to the device, not to the person: its id, its appearance, and that a passkey was offered here. */
const ofTheDevice = new Set(['acolhe.device', 'acolhe.appearance', 'acolhe.passkey-offer']);

/** Removes everything personal that pages store in this browser, drafts included. */
function clearPersonalData(): Promise<void> {
  for (const store of [localStorage, sessionStorage])
    for (const name of Object.keys(store)) if (!ofTheDevice.has(name)) store.removeItem(name);
  return forgetCopies();
}

/** Forgets the session after signing out. Other tabs leave too. */
export async function forgetSession(): Promise<void> {
  const cleared = clearPersonalData();
  arrived = undefined;
  settle(false);
  await cleared;
}

/** Removes what an ended session left behind because the browser was closed first. */
export function clearLeftovers(): void {
  if (readSession() === undefined) void forgetCopies();
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

/** Who has just signed in; only the first call gets it, and saves the first page a request. */
export function takeArrived(): Me | undefined {
  const me = arrived;
  arrived = undefined;
  return me;
}

/** Why the previous session ended, according to the server. */
export const whySessionEnded = (): Problem | undefined => lastEnd;

/**
 * Notes that the session has ended. It may have been ended because this device was lost, so stored copies are deleted
 * at once.
 */
export function noteSessionEnd(problem: Problem): void {
  lastEnd = problem;
  isOver = true;
  void forgetCopies();
}

function subscribe(listener: () => void): () => void {
  addEventListener(changed, listener);
  return () => {
    removeEventListener(changed, listener);
  };
}

/** Why the person has to sign in again, or undefined. */
export const useExpiredSession = (): Problem | undefined => useSyncExternalStore(subscribe, () => pending?.problem);

/**
 * Follows what other tabs do. A sign-in there ends the waiting here; when someone else signed in, or the person signed
 * out, the page reloads, so that nobody sees or sends what belongs to another person.
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
