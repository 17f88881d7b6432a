import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { AssertedCredential } from '../../../shared/contracts/auth.ts';
import type { Transaction } from '../../db/transaction.ts';
import { wrongCredential } from '../../domain-error.ts';
import type { Caller } from '../../http/actor.ts';
import { recordSystemEvent } from '../audit/api.ts';
import type { EntranceDependencies } from './dependencies.ts';
import { chargeLimits } from './limit-queries.ts';
import { challengeLimits, entryLimits, passkeyOwnerLimits, tooManyRequests } from './limits.ts';
import { findCredential, insertChallenge, takeChallenge, usePasskey } from './passkey-queries.ts';
import { readChallenge, challengeSeconds, toUserHandleText } from './passkeys.ts';
import { findProfessional } from './queries.ts';
import type { RelyingParty } from './relying-party.ts';
import { type Device, openSession, type OpenedSession } from './sessions.ts';

type Credential = NonNullable<Awaited<ReturnType<typeof findCredential>>>;

/** What the browser needs to offer its passkeys for this site. Contains no account. Throws too_many_requests. */
export async function beginPasskeySignIn(deps: EntranceDependencies, party: RelyingParty, caller: Caller) {
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    timeout: challengeSeconds * 1000,
    userVerification: 'required',
  });
  const enter = async (tx: Transaction): Promise<void> => {
    const wait = await chargeLimits(tx, challengeLimits(deps, caller.address));
    if (wait > 0) throw tooManyRequests(wait);
    await insertChallenge(tx, options.challenge, null, challengeSeconds);
  };
  await deps.share.run(() => deps.db.system(enter));
  return { ...options };
}

/** Exchanges a signed challenge for a device session. Throws invalid_passkey, too_many_requests. */
export async function signInWithPasskey(
  deps: EntranceDependencies,
  party: RelyingParty,
  input: { readonly credential: AssertedCredential; readonly device: Device },
  caller: Caller,
): Promise<OpenedSession> {
  const challenge = readChallenge(input.credential.response.clientDataJSON);
  const [asked, credential] = await deps.share.run(() =>
    deps.db.system(async (tx) => {
      const wait = await chargeLimits(tx, entryLimits(deps, caller.address));
      if (wait > 0) throw tooManyRequests(wait);
      // The challenge is used up before anything is checked, so that a failed answer cannot be tried again.
      return Promise.all([takeChallenge(tx, challenge, null), findCredential(tx, input.credential.id)]);
    }),
  );
  if (!asked || credential === undefined) throw wrongCredential('invalid_passkey');
  const proof = await checkSignature(input.credential, credential, challenge, party);
  const enter = async (tx: Transaction): Promise<OpenedSession | undefined> => {
    const wait = proof === undefined ? 0 : await chargeLimits(tx, passkeyOwnerLimits(deps, credential.professional_id));
    if (wait > 0) throw tooManyRequests(wait);
    const professional = await findProfessional(tx, credential.professional_id);
    const accepted =
      proof !== undefined &&
      professional !== undefined &&
      (await usePasskey(tx, credential.id, proof.newCounter, proof.credentialBackedUp));
    if (accepted) return openSession(deps, tx, professional, input.device, caller);
    const who = { clinicId: credential.clinic_id, actorId: credential.professional_id, sessionId: null, caller };
    await recordSystemEvent(tx, who, { action: 'sign_in_failed', recordType: 'passkey', recordId: credential.id });
    return undefined;
  };
  const opened = await deps.share.run(() => deps.db.system(enter));
  if (opened === undefined) throw wrongCredential('invalid_passkey');
  deps.log.info(
    { event: 'session_created', sessionId: opened.session.id, requestId: caller.requestId },
    'signed in with a passkey',
  );
  return opened;
}

async function checkSignature(
  answer: AssertedCredential,
  credential: Credential,
  expectedChallenge: string,
  party: RelyingParty,
) {
  const { userHandle } = answer.response;
  if (credential.rp_id !== party.id) return undefined;
  if (userHandle != null && userHandle !== toUserHandleText(credential.professional_id)) return undefined;
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer as AuthenticationResponseJSON,
      expectedChallenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: {
        id: credential.credential_id,
        publicKey: Uint8Array.from(credential.public_key),
        counter: credential.counter,
        transports: credential.transports,
      },
      requireUserVerification: true,
    });
    return verified ? authenticationInfo : undefined;
  } catch {
    // The library throws plain errors for invalid input, which anybody can send.
    return undefined;
  }
}
