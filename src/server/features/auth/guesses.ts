import type { Transaction } from '../../db/transaction.ts';
import type { Caller } from '../../http/actor.ts';
import { recordSystemEvent } from '../audit/api.ts';
import type { AuthDependencies } from './dependencies.ts';
import { chargeGuess, clearGuard, type Guard, lockGuard, refundGuess, readSecondsLocked } from './guard-queries.ts';
import { chargeLimits, refundLimits, readSecondsUsedUp } from './limit-queries.ts';
import { toCountedOnly, guessLimits, tooManyGuesses } from './limits.ts';
import type { ProfessionalRow } from './queries.ts';
import { findAskingBrowser } from './request-token.ts';
import { canonicalizeEmail } from './secrets.ts';

/** The number of wrong guesses after which an account, or a single code, is locked. */
export const guessesAllowed = 5;

const lockSeconds = [60, 300, 900, 3600, 14_400, 43_200] as const;

interface Guesser {
  readonly email: string;
  /** The lane of the device: its key when the person has signed in on it, else empty. */
  readonly lane: string;
  /** The token of the browser that requested a code. */
  readonly requestToken: string | undefined;
}

/** A guess that has been charged and may be checked. */
export interface Guess {
  /** Undefined when the account is locked and the guess was charged to its reserve. */
  readonly guard: Guard | undefined;
  readonly emailKey: string;
  readonly lane: string;
  readonly limits: ReturnType<typeof guessLimits>;
}

const listReserveLimits = ({ address, reserve }: Guess['limits']) => [...address, ...reserve];
const listBudgetLimits = ({ address, mark }: Guess['limits']) => [...address, mark];
const listChargedLimits = ({ guard, limits }: Guess) =>
  guard === undefined ? listReserveLimits(limits) : listBudgetLimits(limits);

/**
 * Charges a guess before it is checked. Throws too_many_requests, and then nothing is charged. The account's row stays locked
 * until the transaction ends: guesses on one account take turns, so parallel ones cannot exceed the limit.
 */
export async function admitGuess(
  deps: AuthDependencies,
  tx: Transaction,
  guesser: Guesser,
  caller: Caller,
): Promise<Guess> {
  const { email, lane } = guesser;
  const emailKey = deps.keyring.hash('email', canonicalizeEmail(email));
  const limits = guessLimits(deps, { email, lane, address: caller.address });
  const [guard, locked, sprayed] = await Promise.all([
    chargeGuess(tx, emailKey, lane),
    readSecondsLocked(tx, emailKey, lane),
    lane === '' ? readSecondsUsedUp(tx, limits.overall) : 0,
  ]);
  const guess = { guard, emailKey, lane, limits };
  if (lane !== '') {
    if (guard === undefined) throw tooManyGuesses(deps, locked);
    return guess;
  }
  // Somebody is guessing on many accounts: now only guesses from browsers that requested a code are checked.
  const browser = findAskingBrowser(deps.keyring, email, guesser.requestToken, deps.config.otp.ttlSeconds);
  if (sprayed > 0 && browser === undefined) throw tooManyGuesses(deps, sprayed);
  const wait = await chargeLimits(tx, guard === undefined ? listReserveLimits(limits) : listBudgetLimits(limits));
  if (wait > 0) throw tooManyGuesses(deps, guard === undefined ? locked : wait);
  return guess;
}

/** Refunds a guess that was right. A lockout that others caused remains. */
export async function acceptGuess(tx: Transaction, guess: Guess): Promise<void> {
  const { guard, emailKey, lane } = guess;
  await Promise.all([
    ...(guard === undefined ? [] : [clearGuard(tx, emailKey, lane)]),
    ...(lane === '' ? [refundLimits(tx, listChargedLimits(guess))] : []),
  ]);
}

/** Refunds a guess with a valid code that was already used: that was no guess. No lockout is lifted. */
export async function returnGuess(
  tx: Transaction,
  guess: Guess,
  professional: ProfessionalRow,
  caller: Caller,
): Promise<void> {
  const { guard, emailKey, lane } = guess;
  await Promise.all([
    ...(guard === undefined ? [] : [refundGuess(tx, emailKey, lane)]),
    ...(lane === '' ? [refundLimits(tx, listChargedLimits(guess))] : []),
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

/** Records a wrong guess, which stays charged. The fifth locks the account's lane, each time for longer. */
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
  // Last, because the guesses on all accounts lock this row.
  if (lane === '') await chargeLimits(tx, toCountedOnly(limits.overall));
}
