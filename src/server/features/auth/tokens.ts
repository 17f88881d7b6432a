import { createHmac } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { Role } from '../../../shared/contracts/auth.ts';
import { wrongCredential } from '../../domain-error.ts';
import type { Keyring } from './secrets.ts';

const issuer = 'acolhe';
const audience = 'acolhe-api';
const type = 'at+jwt';

/** The content of an access token. The role is only a hint: every request checks it in the database. */
export interface AccessClaims {
  readonly sessionId: string;
  readonly professionalId: string;
  readonly clinicId: string;
  readonly role: Role;
}

/** The claims of a token that was checked, and when it ends. */
export interface VerifiedClaims extends AccessClaims {
  readonly accessUntil: Date;
}

/** Signs an access token (JWT profile of RFC 9068, HS256). */
export function signAccessToken(
  keyring: Keyring,
  claims: AccessClaims,
  seconds: number,
  now = new Date(),
): Promise<string> {
  const [key] = keyring.keysFor('access-token');
  if (key === undefined) throw new Error('the keyring is empty');
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ sid: claims.sessionId, cid: claims.clinicId, role: claims.role })
    .setProtectedHeader({ alg: 'HS256', typ: type })
    .setSubject(claims.professionalId)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + seconds)
    .sign(key);
}

/** Whether a token's signature is spelt as it was made: base64url leaves bits of the last letter without a meaning. */
function hasOneSpelling(token: string): boolean {
  const signature = token.slice(token.lastIndexOf('.') + 1);
  return Buffer.from(signature, 'base64url').toString('base64url') === signature;
}

/** Reads an access token. Throws invalid_token or token_expired. */
export async function verifyAccessToken(keyring: Keyring, token: string): Promise<VerifiedClaims> {
  if (!hasOneSpelling(token)) throw wrongCredential('invalid_token');
  for (const key of keyring.keysFor('access-token')) {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        issuer,
        audience,
        typ: type,
        requiredClaims: ['sub', 'iat', 'exp', 'sid', 'cid', 'role'],
      });
      return {
        sessionId: String(payload['sid']),
        professionalId: payload.sub ?? '',
        clinicId: String(payload['cid']),
        role: payload['role'] as Role,
        accessUntil: new Date((payload.exp ?? 0) * 1000),
      };
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw wrongCredential('token_expired', error);
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw wrongCredential('invalid_token', error);
    }
  }
  throw wrongCredential('invalid_token');
}

/** Names one refresh token of a session; each rotation increases the generation. */
export interface RefreshToken {
  readonly sessionId: string;
  readonly generation: number;
}

const prefix = 'rt1';

const composeRefreshBody = ({ sessionId, generation }: RefreshToken) => `${prefix}.${sessionId}.${String(generation)}`;

/**
 * Makes a refresh token, opaque to its holder. It is derived from session and generation, so that the same successor can be
 * issued again when an answer was lost.
 */
export function createRefreshToken(keyring: Keyring, token: RefreshToken): string {
  const [key = ''] = keyring.keysFor('refresh-token');
  const body = composeRefreshBody(token);
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
}

/** Verifies a refresh token. @returns undefined when it is not one of ours */
export function parseRefreshToken(keyring: Keyring, text: string): RefreshToken | undefined {
  const match = /^rt1\.([0-9a-f-]{36})\.(\d{1,9})\.([\w-]{43})$/.exec(text);
  if (match === null) return undefined;
  const [, sessionId = '', generation = '', mac = ''] = match;
  const token = { sessionId, generation: Number(generation) };
  return keyring.verify('refresh-token', composeRefreshBody(token), mac) ? token : undefined;
}
