import type { Caller } from '../../http/actor.ts';
import { HttpProblem } from '../../http/problem.ts';
import type { Transaction } from '../../db/transaction.ts';
import { recordSystemEvent } from '../audit/service.ts';
import type { AuthDependencies } from './dependencies.ts';
import { chargeGuess, clearGuard, type Guard, lockGuard, secondsLocked } from './guard-queries.ts';
import {
  type CodeRow,
  countWrongGuess,
  findProfessionalByEmail,
  listNewestCodes,
  listSupersededCodes,
  type ProfessionalRow,
  spendCode,
} from './queries.ts';
import { canonicalEmail } from './secrets.ts';
import { openSession, type OpenedSession } from './sessions.ts';

export interface SignIn {
  readonly email: string;
  readonly code: string;
  /** The lane of the device: its key when known to the person, else empty. */
  readonly lane: string;
  readonly device: { readonly id: string; readonly name: string | undefined; readonly kind: string };
  /** Held by the browser that asked for a code. */
  readonly requestToken: string | undefined;
}

const guessesPerCode = 5;
const lockSeconds = [60, 300, 900, 3600, 14_400, 43_200] as const;

type Outcome =
  | { readonly kind: 'signed_in'; readonly opened: OpenedSession }
  | { readonly kind: 'locked'; readonly seconds: number }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'superseded' };

/** Exchanges a code for a device session. Throws invalid_code, superseded_code or too_many_requests. */
export async function signIn(deps: AuthDependencies, request: SignIn, caller: Caller): Promise<OpenedSession> {
  const outcome = await deps.db.system((tx) => decide(deps, tx, request, caller));
  switch (outcome.kind) {
    case 'signed_in':
      deps.log.info(
        { event: 'session_created', sessionId: outcome.opened.session.id, requestId: caller.requestId },
        'signed in',
      );
      return outcome.opened;
    case 'locked':
      throw new HttpProblem('too_many_requests', { headers: { 'retry-after': String(outcome.seconds) } });
    case 'superseded':
      throw new HttpProblem('superseded_code');
    case 'wrong':
      throw new HttpProblem('invalid_code');
  }
}

async function decide(deps: AuthDependencies, tx: Transaction, request: SignIn, caller: Caller): Promise<Outcome> {
  const emailKey = deps.keyring.hash('email', canonicalEmail(request.email));
  const [guard, professional] = await Promise.all([
    chargeGuess(tx, emailKey, request.lane),
    findProfessionalByEmail(tx, request.email),
  ]);
  if (guard === undefined) return { kind: 'locked', seconds: await secondsLocked(tx, emailKey, request.lane) };
  const found = professional === undefined ? undefined : await matchCode(deps, tx, professional, request);
  if (found !== undefined && professional !== undefined && 'accepted' in found) {
    await clearGuard(tx, emailKey, request.lane);
    return { kind: 'signed_in', opened: await openSession(deps, tx, professional, request.device, caller) };
  }
  await punish(tx, { emailKey, lane: request.lane }, guard, professional, caller);
  return { kind: found !== undefined && 'superseded' in found ? 'superseded' : 'wrong' };
}

type Match = { readonly accepted: true } | { readonly superseded: true } | { readonly wrong: true };

async function matchCode(
  deps: AuthDependencies,
  tx: Transaction,
  professional: ProfessionalRow,
  request: SignIn,
): Promise<Match> {
  if (deps.config.debug && deps.config.otp.fallbackCode === request.code) return { accepted: true };
  const now = new Date();
  const usable = (code: CodeRow) =>
    code.used_at === null && code.expires_at > now && code.wrong_guesses < guessesPerCode;
  const lanes = [...new Set([request.lane, ''])];
  const codes = (await listNewestCodes(tx, professional, lanes)).filter(usable);
  const matching = codes.find((code) => deps.keyring.verify('access-code', request.code, code.code_hash));
  if (matching !== undefined && (await spendCode(tx, professional, matching.id))) return { accepted: true };
  if (codes.length > 0)
    await countWrongGuess(
      tx,
      professional,
      codes.map((code) => code.id),
    );
  return (await isSuperseded(deps, tx, professional, request)) ? { superseded: true } : { wrong: true };
}

async function isSuperseded(
  deps: AuthDependencies,
  tx: Transaction,
  professional: ProfessionalRow,
  request: SignIn,
): Promise<boolean> {
  if (request.requestToken === undefined) return false;
  const codes = await listSupersededCodes(tx, professional, deps.keyring.hashes('code-request', request.requestToken));
  return codes.some((code) => deps.keyring.verify('access-code', request.code, code.code_hash));
}

/** A guess that failed stays charged; the fifth locks the address for a time that grows. */
async function punish(
  tx: Transaction,
  guardKey: { readonly emailKey: string; readonly lane: string },
  guard: Guard,
  professional: ProfessionalRow | undefined,
  caller: Caller,
): Promise<void> {
  const locks = guard.wrongGuesses >= guessesPerCode;
  if (locks) {
    const seconds = lockSeconds[Math.min(guard.lockLevel, lockSeconds.length - 1)] ?? 60;
    await lockGuard(tx, guardKey.emailKey, guardKey.lane, seconds);
  }
  if (professional === undefined) return;
  await recordSystemEvent(
    tx,
    { clinicId: professional.clinic_id, actorId: professional.id, sessionId: null, caller },
    { action: locks ? 'sign_in_locked' : 'sign_in_failed', recordType: 'professional', recordId: professional.id },
  );
}
