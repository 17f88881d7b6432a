import { randomBytes } from 'node:crypto';
import { canonicalEmail, type Keyring } from './secrets.ts';

/**
 * What the browser that asks for a code keeps (an HttpOnly cookie): random, with the time and a keyed hash over the e-mail
 * it asked for. It proves that a guess comes from where a code was asked for, and it says nothing of whether anybody has
 * that address.
 */
export function createRequestToken(keyring: Keyring, email: string, now = new Date()): string {
  const body = `${randomBytes(18).toString('base64url')}.${Math.floor(now.getTime() / 1000)}`;
  return `${body}.${keyring.hash('request-token', `${body}.${canonicalEmail(email)}`)}`;
}

/** Whether a code was asked for with this token, for this e-mail, within the last `seconds`. */
export function isAskedHere(keyring: Keyring, email: string, token: string | undefined, seconds: number): boolean {
  const match = /^([\w-]{24}\.(\d{1,12}))\.([\w-]{43})$/.exec(token ?? '');
  if (match === null) return false;
  const [, body = '', issued = '0', mac = ''] = match;
  const age = Date.now() / 1000 - Number(issued);
  return age <= seconds && keyring.verify('request-token', `${body}.${canonicalEmail(email)}`, mac);
}
