import type { Transaction } from '../../db/transaction.ts';
import type { Caller } from '../../http/actor.ts';
import { recordSystemEvent } from '../audit/service.ts';
import type { AuthDependencies } from './dependencies.ts';
import { chargeGuess, clearGuard, type Guard, lockGuard, refundGuess, secondsLocked } from './guard-queries.ts';
import { chargeLimits, refundLimits, secondsUsedUp } from './limit-queries.ts';
import { countedOnly, guessLimits, tooManyRequests } from './limits.ts';
import type { ProfessionalRow } from './queries.ts';
import { askingBrowser } from './request-token.ts';
import { canonicalEmail } from './secrets.ts';

/** Wrong guesses after which an account, or one code, takes no more. */
export const guessesAllowed = 5;

const lockSeconds = [60, 300, 900, 3600, 14_400, 43_200] as const;

interface Guesser {
  readonly email: string;
  /** The lane of the device: its key when known to the person, else empty. */
  readonly lane: string;
  /** Held by the browser that asked for a code. */
  readonly requestToken: string | undefined;
}

/** A guess that was paid for and may be looked at. */
export interface Guess {
  /** Undefined when it came from the reserve of a locked account. */
  readonly guard: Guard | undefined;
  readonly emailKey: string;
  readonly lane: string;
  readonly limits: ReturnType<typeof guessLimits>;
}

const reserveOf = ({ address, reserve }: Guess['limits']) => [...address, ...reserve];
const budgetOf = ({ address, mark }: Guess['limits']) => [...address, mark];
const chargedTo = ({ guard, limits }: Guess) => (guard === undefined ? reserveOf(limits) : budgetOf(limits));

/**
 * Charges a guess before it is looked at. Throws too_many_requests, and then nothing is charged. The account's row stays
 * locked until the transaction ends: guesses on one account take turns, so that parallel ones never exceed the budget.
 */
export async function admitGuess(
  deps: AuthDependencies,
  tx: Transaction,
  guesser: Guesser,
  caller: Caller,
): Promise<Guess> {
  const { email, lane } = guesser;
  const emailKey = deps.keyring.hash('email', canonicalEmail(email));
  const limits = guessLimits(deps, { email, lane, address: caller.address });
  const [guard, locked, sprayed] = await Promise.all([
    chargeGuess(tx, emailKey, lane),
    secondsLocked(tx, emailKey, lane),
    lane === '' ? secondsUsedUp(tx, limits.overall) : 0,
  ]);
  const guess = { guard, emailKey, lane, limits };
  if (lane !== '') {
    if (guard === undefined) throw tooManyRequests(locked);
    return guess;
  }
  // Guesses are being sprayed over many accounts: only those from where a code was asked for are looked at.
  const browser = askingBrowser(deps.keyring, email, guesser.requestToken, deps.config.otp.ttlSeconds);
  if (sprayed > 0 && browser === undefined) throw tooManyRequests(sprayed);
  const wait = await chargeLimits(tx, guard === undefined ? reserveOf(limits) : budgetOf(limits));
  if (wait > 0) throw tooManyRequests(guard === undefined ? locked : wait);
  return guess;
}

/** The guess was right: it costs nothing. A lock that others caused stays as it is. */
export async function acceptGuess(tx: Transaction, guess: Guess): Promise<void> {
  const { guard, emailKey, lane } = guess;
  await Promise.all([
    ...(guard === undefined ? [] : [clearGuard(tx, emailKey, lane)]),
    ...(lane === '' ? [refundLimits(tx, chargedTo(guess))] : []),
  ]);
}

/** It was a code that has done its work: nothing was guessed, so nothing is charged, and nothing forgiven. */
export async function returnGuess(
  tx: Transaction,
  guess: Guess,
  professional: ProfessionalRow,
  caller: Caller,
): Promise<void> {
  const { guard, emailKey, lane } = guess;
  await Promise.all([
    ...(guard === undefined ? [] : [refundGuess(tx, emailKey, lane)]),
    ...(lane === '' ? [refundLimits(tx, chargedTo(guess))] : []),
    recordRefusal(tx, 'sign_in_failed', professional, caller),
  ]);
}

const recordRefusal = (
  tx: Transaction,
  action: 'sign_in_failed' | 'sign_in_locked',
  professional: ProfessionalRow,
  caller: Caller,
): Promise<unknown> =>
  recordSystemEvent(
    tx,
    { clinicId: professional.clinic_id, actorId: professional.id, sessionId: null, caller },
    { action, recordType: 'professional', recordId: professional.id },
  );

/** The guess was wrong and stays charged; the fifth locks the account's lane for a time that grows. */
export async function failGuess(
  tx: Transaction,
  { guard, emailKey, lane, limits }: Guess,
  professional: ProfessionalRow | undefined,
  caller: Caller,
): Promise<void> {
  const locks = guard !== undefined && guard.wrongGuesses >= guessesAllowed;
  if (locks) {
    const seconds = lockSeconds[Math.min(guard.lockLevel, lockSeconds.length - 1)] ?? 60;
    await lockGuard(tx, emailKey, lane, seconds);
  }
  if (professional !== undefined)
    await recordRefusal(tx, locks ? 'sign_in_locked' : 'sign_in_failed', professional, caller);
  // Last, because every guess of every account meets here.
  if (lane === '') await chargeLimits(tx, countedOnly(limits.overall));
}
