import type { CreatedCredential, Passkey } from '../../../shared/contracts/auth.ts';
import { formatName } from '../../../shared/person-name.ts';
import { lockPerson } from '../../db/lock-person.ts';
import { conflict, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { recordEvent } from '../audit/api.ts';
import type { AuthDependencies } from './dependencies.ts';
import { chargeLimits } from './limit-queries.ts';
import { passkeyAdditionLimits, tooManyRequests } from './limits.ts';
import {
  deletePasskey,
  insertChallenge,
  insertPasskey,
  listCredentials,
  listPasskeys,
  type PasskeyRow,
  takeChallenge,
} from './passkey-queries.ts';
import { findProfessional } from './queries.ts';
import type { RelyingParty } from './relying-party.ts';

/** Enough for all devices and password managers of a person. */
const passkeysAllowed = 10;

/** Seconds for which a challenge is valid. */
export const challengeSeconds = 300;

/** EdDSA, ES256 and RS256 (COSE): every authenticator supports at least one of them. */
const supportedAlgorithmIDs = [-8, -7, -257];

/** WebAuthn's user handle, which the device stores: the bytes of the person's id, which reveal nothing. */
const toUserHandle = (professionalId: string) =>
  Uint8Array.from(Buffer.from(professionalId.replaceAll('-', ''), 'hex'));

export const toUserHandleText = (professionalId: string): string =>
  Buffer.from(toUserHandle(professionalId)).toString('base64url');

/** The challenge in the browser's answer, or `''`. Not verified: compare it with those that were issued. */
export function readChallenge(clientDataJSON: string): string {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString());
    const challenge = typeof data === 'object' && data !== null && 'challenge' in data ? data.challenge : undefined;
    return typeof challenge === 'string' ? challenge : '';
  } catch {
    return '';
  }
}

const presentPasskey = (row: PasskeyRow): Passkey => ({
  id: row.id,
  name: row.name,
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  backedUp: row.backed_up,
});

/** The person's passkeys, oldest first. */
export async function listOwnPasskeys(deps: AuthDependencies, actor: Actor): Promise<Passkey[]> {
  const rows = await deps.db.read(actor, (tx) => listPasskeys(tx, actor.professionalId));
  return rows.map(presentPasskey);
}

/** What the browser needs to create a passkey. Throws too_many_passkeys, too_many_requests. */
export async function beginPasskey(deps: AuthDependencies, actor: Actor, party: RelyingParty) {
  const [professional, existing, all] = await deps.db.read(actor, (tx) =>
    Promise.all([
      findProfessional(tx, actor.professionalId),
      listCredentials(tx, actor.professionalId, party.id),
      listPasskeys(tx, actor.professionalId),
    ]),
  );
  if (professional === undefined) throw notFound();
  if (all.length >= passkeysAllowed) throw conflict('too_many_passkeys');
  const { generateRegistrationOptions } = await import('@simplewebauthn/server');
  const options = await generateRegistrationOptions({
    rpName: 'Acolhe',
    rpID: party.id,
    userID: toUserHandle(professional.id),
    userName: professional.email,
    userDisplayName: formatName(professional.first_name, professional.last_name),
    timeout: challengeSeconds * 1000,
    attestationType: 'none',
    supportedAlgorithmIDs,
    excludeCredentials: existing.map(({ credential_id: id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await deps.db.system(async (tx) => {
    const wait = await chargeLimits(tx, passkeyAdditionLimits(deps, actor.professionalId));
    if (wait > 0) throw tooManyRequests(wait);
    await insertChallenge(tx, options.challenge, actor.professionalId, challengeSeconds);
  });
  return { ...options };
}

/** Verifies a passkey that the browser created and stores it. Throws passkey_refused, duplicate_passkey, too_many_passkeys. */
export async function addPasskey(
  deps: AuthDependencies,
  actor: Actor,
  party: RelyingParty,
  input: { readonly name: string; readonly credential: CreatedCredential },
): Promise<Passkey> {
  const challenge = readChallenge(input.credential.response.clientDataJSON);
  const asked = await deps.db.system((tx) => takeChallenge(tx, challenge, actor.professionalId));
  const made = asked ? await readCredential(input.credential, challenge, party) : undefined;
  if (made === undefined) throw conflict('passkey_refused');
  const row = await deps.db.write(actor, async (tx) => {
    // The lock makes additions of one person take turns, so that they cannot exceed the limit together.
    const [, all] = await Promise.all([lockPerson(tx, actor.professionalId), listPasskeys(tx, actor.professionalId)]);
    if (all.length >= passkeysAllowed) throw conflict('too_many_passkeys');
    const added = await insertPasskey(tx, {
      clinicId: actor.clinicId,
      professionalId: actor.professionalId,
      rpId: party.id,
      credentialId: made.credential.id,
      publicKey: made.credential.publicKey,
      counter: made.credential.counter,
      transports: input.credential.response.transports,
      backedUp: made.credentialBackedUp,
      name: input.name,
    });
    if (added === undefined) throw conflict('duplicate_passkey');
    await recordEvent(tx, actor, { action: 'passkey_added', recordType: 'passkey', recordId: added.id });
    return added;
  });
  return presentPasskey(row);
}

async function readCredential(credential: CreatedCredential, expectedChallenge: string, party: RelyingParty) {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const { decodeAttestationObject, isoBase64URL } = await import('@simplewebauthn/server/helpers');
  try {
    // Refuse attestation: none was requested, and its certificates could make this server fetch from any address.
    const attestation = decodeAttestationObject(isoBase64URL.toBuffer(credential.response.attestationObject));
    const statement = attestation.get('attStmt');
    if (
      attestation.get('fmt') !== 'none' &&
      (attestation.get('fmt') !== 'packed' || statement.get('x5c') !== undefined)
    )
      return undefined;
    const { registrationInfo } = await verifyRegistrationResponse({
      response: credential,
      expectedChallenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs,
    });
    return registrationInfo;
  } catch {
    // The library throws plain errors for invalid input, which anybody can send.
    return undefined;
  }
}

/** Removes one of the person's passkeys. Throws not_found for any other. */
export async function removePasskey(deps: AuthDependencies, actor: Actor, id: string): Promise<void> {
  await deps.db.write(actor, async (tx) => {
    if (!(await deletePasskey(tx, actor.professionalId, id))) throw notFound();
    await recordEvent(tx, actor, { action: 'passkey_removed', recordType: 'passkey', recordId: id });
  });
}
