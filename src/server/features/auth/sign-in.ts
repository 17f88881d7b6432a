import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../config.ts';
import { wrongCredential } from '../../domain-error.ts';
import type { Caller } from '../../http/actor.ts';
import { lockPerson } from '../../db/lock-person.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { AuthDependencies, EntranceDependencies } from './dependencies.ts';
import { acceptGuess, admitGuess, failGuess, guessesAllowed, returnGuess } from './guesses.ts';
import {
  type CodeRow,
  countWrongGuess,
  findProfessionalByEmail,
  listNewestCodes,
  listSupersededCodes,
  type ProfessionalRow,
  spendCode,
} from './queries.ts';
import { findAskingBrowser } from './request-token.ts';
import { openSession, type OpenedSession } from './sessions.ts';

export interface SignIn {
  readonly email: string;
  readonly code: string;
  /** The lane of the device: its key when the person has signed in on it, else empty. */
  readonly lane: string;
  readonly device: { readonly id: string; readonly name: string | undefined; readonly kind: string };
  /** The token of the browser that requested a code. */
  readonly requestToken: string | undefined;
}

/** The shortest duration of a refusal, so that it does not reveal what was found. */
export const refusalMilliseconds = 60;

/** Codes that expire later were made before the clock was set back. One minute is allowed for differing servers' clocks. */
export const computeLatestExpiry = (config: Config): Date => new Date(Date.now() + (config.otp.ttlSeconds + 60) * 1000);

type Outcome =
  | { readonly kind: 'signed_in'; readonly opened: OpenedSession }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'superseded' };

/** Exchanges a code for a device session. Throws invalid_code, superseded_code or too_many_requests. */
export async function signIn(deps: EntranceDependencies, request: SignIn, caller: Caller): Promise<OpenedSession> {
  const earliestRefusal = sleep(refusalMilliseconds);
  try {
    const outcome = await deps.share.run(() => deps.db.system((tx) => decide(deps, tx, request, caller)));
    if (outcome.kind !== 'signed_in')
      throw wrongCredential(outcome.kind === 'superseded' ? 'superseded_code' : 'invalid_code');
    deps.log.info(
      { event: 'session_created', sessionId: outcome.opened.session.id, requestId: caller.requestId },
      'signed in',
    );
    return outcome.opened;
  } catch (error) {
    await earliestRefusal;
    throw error;
  }
}

async function decide(deps: AuthDependencies, tx: Transaction, request: SignIn, caller: Caller): Promise<Outcome> {
  const [guess, professional] = await Promise.all([
    admitGuess(deps, tx, request, caller),
    findProfessionalByEmail(tx, request.email),
  ]);
  const found = professional === undefined ? 'wrong' : await matchCode(deps, tx, professional, request);
  if (professional !== undefined && found === 'accepted') {
    await acceptGuess(tx, guess);
    return { kind: 'signed_in', opened: await openSession(deps, tx, professional, request.device, caller) };
  }
  if (professional !== undefined && found === 'spent') await returnGuess(tx, guess, professional, caller);
  else await failGuess(tx, guess, professional, caller);
  return { kind: found === 'superseded' ? 'superseded' : 'wrong' };
}

type Match = 'accepted' | 'spent' | 'superseded' | 'wrong';

async function matchCode(
  deps: AuthDependencies,
  tx: Transaction,
  professional: ProfessionalRow,
  request: SignIn,
): Promise<Match> {
  if (deps.config.debug && deps.config.otp.fallbackCode === request.code) return 'accepted';
  const now = new Date();
  const latest = computeLatestExpiry(deps.config);
  const usable = (code: CodeRow) =>
    code.used_at === null && code.expires_at > now && code.expires_at <= latest && code.wrong_guesses < guessesAllowed;
  const isMeant = (code: CodeRow) => deps.keyring.verify('access-code', request.code, code.code_hash);
  const lanes = [...new Set([request.lane, ''])];
  // Lock the person first, then their codes, in the same order as the job that sends codes.
  const [, newest] = await Promise.all([lockPerson(tx, professional.id), listNewestCodes(tx, professional, lanes)]);
  const codes = newest.filter(usable);
  const matching = codes.find(isMeant);
  if (matching !== undefined && (await spendCode(tx, professional, matching.id))) return 'accepted';
  // The request was sent twice: by a double click, or again after a lost answer.
  if (newest.some((code) => code.used_at !== null && code.expires_at > now && isMeant(code))) return 'spent';
  if (codes.length > 0)
    await countWrongGuess(
      tx,
      professional,
      codes.map((code) => code.id),
    );
  return (await isSuperseded(deps, tx, professional, request)) ? 'superseded' : 'wrong';
}

async function isSuperseded(
  deps: AuthDependencies,
  tx: Transaction,
  professional: ProfessionalRow,
  request: SignIn,
): Promise<boolean> {
  const browser = findAskingBrowser(deps.keyring, request.email, request.requestToken, deps.config.otp.ttlSeconds);
  if (browser === undefined) return false;
  const codes = await listSupersededCodes(tx, professional, deps.keyring.hashes('code-request', browser));
  return codes.some((code) => deps.keyring.verify('access-code', request.code, code.code_hash));
}
