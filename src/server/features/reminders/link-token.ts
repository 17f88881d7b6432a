import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Keyring } from '../auth/api.ts';

// 9 bytes are 12 characters without padding. An attacker has to guess key and mark at once: 144 bits.
const keyLength = 12;
const markBytes = 9;

/** The random part of a link, stored with it: 72 bits, base64url. */
export const createLinkKey = (): string => randomBytes(9).toString('base64url');

const sign = (secret: Buffer, key: string): Buffer =>
  createHmac('sha256', secret).update(key).digest().subarray(0, markBytes);

/** The token of a link: its key and a mark that only this server can make. 24 characters, short enough for a message. */
export function signLinkKey(keyring: Keyring, key: string): string {
  const [secret] = keyring.keysFor('confirmation-link');
  if (secret === undefined) throw new Error('there is no key');
  return key + sign(secret, key).toString('base64url');
}

/** Reads the key of a link from its token. @returns undefined for anything that this server did not sign */
export function readLinkToken(keyring: Keyring, token: string): string | undefined {
  if (!/^[\w-]{24}$/.test(token)) return undefined;
  const key = token.slice(0, keyLength);
  const mark = Buffer.from(token.slice(keyLength), 'base64url');
  const isOurs = keyring.keysFor('confirmation-link').some((secret) => timingSafeEqual(sign(secret, key), mark));
  return isOurs ? key : undefined;
}
