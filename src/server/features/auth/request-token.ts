import { randomBytes } from 'node:crypto';
import { canonicalEmail, type Keyring } from './secrets.ts';

/** Names a browser while it asks for codes. */
export const createBrowserName = (): string => randomBytes(18).toString('base64url');

/**
 * What the browser that asks for a code keeps (an HttpOnly cookie): its random name, with the time and a keyed hash over
 * the e-mail it asked for. It proves that a guess comes from where a code was asked for, and it says nothing of whether
 * anybody has that address.
 */
export function createRequestToken(keyring: Keyring, email: string, browser: string, now = new Date()): string {
  const body = `${browser}.${Math.floor(now.getTime() / 1000)}`;
  return `${body}.${keyring.hash('request-token', `${body}.${canonicalEmail(email)}`)}`;
}

/** The name of the browser that asked for a code with this token, for this e-mail, within the last `seconds`. */
export function askingBrowser(
  keyring: Keyring,
  email: string,
  token: string | undefined,
  seconds: number,
): string | undefined {
  const match = /^(([\w-]{24})\.(\d{1,12}))\.([\w-]{43})$/.exec(token ?? '');
  if (match === null) return undefined;
  const [, body = '', browser, issued = '0', mac = ''] = match;
  const age = Date.now() / 1000 - Number(issued);
  const isTrue = age <= seconds && keyring.verify('request-token', `${body}.${canonicalEmail(email)}`, mac);
  return isTrue ? browser : undefined;
}
