import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../config.ts';
import { lockPerson } from '../../db/lock-person.ts';
import type { Transaction } from '../../db/transaction.ts';
import { wrongCredential } from '../../domain-error.ts';
import type { Caller } from '../../http/actor.ts';
import { recordSystemEvent } from '../audit/api.ts';
import type { EntranceDependencies } from './dependencies.ts';
import { chargeLimits } from './limit-queries.ts';
import { entryLimits, tooManyRequests } from './limits.ts';
import { findProfessionalByEmail, spendLink } from './queries.ts';
import { type Device, openSession, type OpenedSession } from './sessions.ts';
import { computeLatestExpiry, refusalMilliseconds } from './sign-in.ts';

/**
 * The link in a sign-in mail; undefined when the web app's address is unknown. What follows `#` stays in the browser and gets
 * into no server, log or Referer. Opening the link does nothing until somebody presses the button on the page.
 */
export const composeSignInLink = ({ publicUrl }: Config, email: string, secret: string): string | undefined =>
  publicUrl === undefined ? undefined : `${publicUrl}/entrar#${String(new URLSearchParams({ email, chave: secret }))}`;

interface LinkSignIn {
  /** The e-mail that the page showed, so that nobody can be signed in unknowingly by somebody else's link. */
  readonly email: string;
  readonly secret: string;
  readonly device: Device;
}

/**
 * Exchanges the secret of a mail's link for a device session. Lockouts for guessing codes do not apply, because this secret
 * cannot be guessed. Throws invalid_link, too_many_requests.
 */
export async function signInByLink(
  deps: EntranceDependencies,
  request: LinkSignIn,
  caller: Caller,
): Promise<OpenedSession> {
  const earliestRefusal = sleep(refusalMilliseconds);
  try {
    const opened = await deps.share.run(() => deps.db.system((tx) => decide(deps, tx, request, caller)));
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
  // Lock the person first, then their codes, in the same order as the job that sends codes.
  await lockPerson(tx, professional.id);
  const hashes = deps.keyring.hashes('sign-in-link', secret);
  if (await spendLink(tx, professional, hashes, computeLatestExpiry(deps.config)))
    return openSession(deps, tx, professional, device, caller);
  const who = { clinicId: professional.clinic_id, actorId: professional.id, sessionId: null, caller };
  await recordSystemEvent(tx, who, {
    action: 'sign_in_failed',
    recordType: 'professional',
    recordId: professional.id,
  });
  return undefined;
}
