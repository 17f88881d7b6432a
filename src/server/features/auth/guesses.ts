import type { Transaction } from '../../db/transaction.ts';
import type { Caller } from '../../http/actor.ts';
import { recordSystemEvent } from '../audit/api.ts';
import type { AuthDependencies } from './dependencies.ts';
import { chargeGuess, clearGuard, type Guard, lockGuard, refundGuess, secondsLocked } from './guard-queries.ts';
import { chargeLimits, refundLimits, secondsUsedUp } from './limit-queries.ts';
import { countedOnly, guessLimits, tooManyGuesses } from './limits.ts';
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
  /** The token of the browser that requested a code. */
  readonly requestToken: string | undefined;
}

/** A guess that has been charged and may be checked. */
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
 * Charges a guess before it is checked. Throws too_many_requests, in which case nothing is charged. The account's row stays
 * locked until the transaction ends: guesses on one account take turns, so parallel ones cannot exceed the budget.
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
    if (guard === undefined) throw tooManyGuesses(deps, locked);
    return guess;
  }
  // Somebody is guessing on many accounts: only guesses from browsers that requested a code are checked.
  const browser = askingBrowser(deps.keyring, email, guesser.requestToken, deps.config.otp.ttlSeconds);
  if (sprayed > 0 && browser === undefined) throw tooManyGuesses(deps, sprayed);
  const wait = await chargeLimits(tx, guard === undefined ? reserveOf(limits) : budgetOf(limits));
  if (wait > 0) throw tooManyGuesses(deps, guard === undefined ? locked : wait);
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

/** The code was valid and has been used already: that is no guess, so nothing is charged, and no lock is lifted. */
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

/** The guess was wrong and stays charged; the fifth locks the account's lane, each time for longer. */
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
  // Last, because all guesses on all accounts contend for this row.
  if (lane === '') await chargeLimits(tx, countedOnly(limits.overall));
}
