import { useSyncExternalStore } from 'react';
import { deleteCopies } from './offline-cache.ts';
import { dropPendingSignOut } from './pending-sign-out.ts';
import type { Me } from '../../shared/contracts/auth.ts';
import type { Problem } from '../../shared/problem.ts';

/** What is stored about the session. The tokens are in HttpOnly cookies, which no script can read. */
interface Remembered {
  /** When the access was last renewed, milliseconds of the epoch. */
  readonly renewedAt: number;
  /** When the access ends, milliseconds of the epoch. */
  readonly expiresAt: number;
  /** The professional's id. */
  readonly who: string | undefined;
}

const key = 'acolhe.session';
const changed = 'acolhe:session';

/** The sign-in over the page that requests are waiting for. */
interface PendingSignIn {
  readonly problem: Problem;
  readonly answer: (signedIn: boolean) => void;
  readonly settled: Promise<boolean>;
}

let pending: PendingSignIn | undefined;
let lastEnd: Problem | undefined;
/** True after the session has ended, also while the person may sign in again over the page. */
let isOver = false;
/** The person who has just signed in, until the first page asks. */
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

/** Notes that the cookies are new, and who signed in. `expiresIn` is in seconds. Other tabs notice it too. */
export function rememberSession(expiresIn: number, professional?: Me): void {
  arrived = professional ?? arrived;
  if (professional !== undefined) dropPendingSignOut();
  const now = Date.now();
  const before = readSession()?.who;
  const who = professional?.id ?? before;
  if (who !== before) void deleteCopies();
  const remembered: Remembered = { renewedAt: now, expiresAt: now + expiresIn * 1000, who };
  localStorage.setItem(key, JSON.stringify(remembered));
  if (pending !== undefined && before !== undefined && who !== before) {
    // Somebody else signed in over the page: they must neither see it nor send what was typed.
    location.replace('/clientes');
    return;
  }
  lastEnd = undefined;
  isOver = false;
  settle(true);
}

/** Keys of the device, not of a person: its id, how it shows things, that a passkey was offered, that a sign-out is pending. */
const deviceKeys = new Set([
  'acolhe.device',
  'acolhe.appearance',
  'acolhe.list-density',
  'acolhe.passkey-offer',
  'acolhe.pending-sign-out',
]);

/** Removes everything personal that pages store in this browser, drafts included. */
function clearPersonalData(): Promise<void> {
  for (const store of [localStorage, sessionStorage])
    for (const name of Object.keys(store)) if (!deviceKeys.has(name)) store.removeItem(name);
  return deleteCopies();
}

/** Forgets the session after signing out. Other tabs go to the sign-in page too. */
export async function forgetSession(): Promise<void> {
  const cleared = clearPersonalData();
  arrived = undefined;
  settle(false);
  await cleared;
}

/** Removes what an ended session left behind because the browser was closed first. */
export function clearLeftovers(): void {
  if (readSession() === undefined) void deleteCopies();
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

/** The person who has just signed in. Only the first call gets them: it saves the first page a request. */
export function takeArrived(): Me | undefined {
  const me = arrived;
  arrived = undefined;
  return me;
}

/** Why the previous session ended, according to the server. */
export const whySessionEnded = (): Problem | undefined => lastEnd;

/**
 * Notes that the session has ended. Stored copies are deleted at once: the session may have been ended because this device was
 * lost.
 */
export function noteSessionEnd(problem: Problem): void {
  lastEnd = problem;
  isOver = true;
  void deleteCopies();
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
 * Follows other tabs. When the person signs in there, waiting requests here continue. When somebody else signs in, or the person
 * signs out, this tab leaves its page, so that nobody sees or sends what belongs to another person.
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
