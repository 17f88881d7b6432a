import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../config.ts';
import type { Transaction } from '../../db/transaction.ts';
import { wrongCredential } from '../../domain-error.ts';
import type { Caller } from '../../http/actor.ts';
import { recordSystemEvent } from '../audit/api.ts';
import type { EntranceDependencies } from './dependencies.ts';
import { chargeLimits } from './limit-queries.ts';
import { entryLimits, tooManyRequests } from './limits.ts';
import { findProfessionalByEmail, lockProfessional, spendLink } from './queries.ts';
import { type Device, openSession, type OpenedSession } from './sessions.ts';
import { latestExpiry, refusalMilliseconds } from './sign-in.ts';

/**
 * The link that a sign-in mail carries; undefined where the web app's address is unknown. What follows the `#` stays in the
 * browser: it reaches no server, log or Referer, and nothing happens until somebody presses the page's button.
 */
export const signInLink = ({ publicUrl }: Config, email: string, secret: string): string | undefined =>
  publicUrl === undefined ? undefined : `${publicUrl}/entrar#${String(new URLSearchParams({ email, chave: secret }))}`;

interface LinkSignIn {
  /** As the page showed it: the link of one person cannot sign somebody in who believes to be another. */
  readonly email: string;
  readonly secret: string;
  readonly device: Device;
}

/**
 * Exchanges the secret of a mail's link for a device session. Locks on guessing a code do not apply: this cannot be guessed.
 * Throws invalid_link, too_many_requests.
 */
export async function signInByLink(
  deps: EntranceDependencies,
  request: LinkSignIn,
  caller: Caller,
): Promise<OpenedSession> {
  const earliestRefusal = sleep(refusalMilliseconds);
  try {
    const opened = await deps.semaphore.run(() => deps.db.system((tx) => decide(deps, tx, request, caller)));
    if (opened === undefined) throw wrongCredential('invalid_link');
    deps.log.info(
      { event: 'session_created', sessionId: opened.session.id, requestId: caller.requestId },
      'signed in by the link of a mail',
    );
    return opened;
  } catch (error) {
    await earliestRefusal;
    throw error;
  }
}

async function decide(
  deps: EntranceDependencies,
  tx: Transaction,
  { email, secret, device }: LinkSignIn,
  caller: Caller,
): Promise<OpenedSession | undefined> {
  const wait = await chargeLimits(tx, entryLimits(deps, caller.address));
  if (wait > 0) throw tooManyRequests(wait);
  const professional = await findProfessionalByEmail(tx, email);
  if (professional === undefined) return undefined;
  // First the person, then their codes, as the worker does.
  await lockProfessional(tx, professional.id);
  const hashes = deps.keyring.hashes('sign-in-link', secret);
  if (await spendLink(tx, professional, hashes, latestExpiry(deps.config)))
    return openSession(deps, tx, professional, device, caller);
  const who = { clinicId: professional.clinic_id, actorId: professional.id, sessionId: null, caller };
  await recordSystemEvent(tx, who, {
    action: 'sign_in_failed',
    recordType: 'professional',
    recordId: professional.id,
  });
  return undefined;
}
