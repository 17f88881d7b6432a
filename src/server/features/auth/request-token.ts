import { randomBytes } from 'node:crypto';
import { canonicalizeEmail, type Keyring } from './secrets.ts';

/** A random name for a browser that requests codes. */
export const createBrowserName = (): string => randomBytes(18).toString('base64url');

/**
 * The value of an HttpOnly cookie for the browser that requests a code: random name, time, keyed hash of the e-mail. It proves
 * that a guess comes from the browser that requested the code, without revealing whether an account exists.
 */
export function createRequestToken(keyring: Keyring, email: string, browser: string, now = new Date()): string {
  const body = `${browser}.${Math.floor(now.getTime() / 1000)}`;
  return `${body}.${keyring.hash('request-token', `${body}.${canonicalizeEmail(email)}`)}`;
}

/** Verifies a request token. @returns the browser's name if it requested a code for this e-mail in the last `seconds` */
export function findAskingBrowser(
  keyring: Keyring,
  email: string,
  token: string | undefined,
  seconds: number,
): string | undefined {
  const match = /^(([\w-]{24})\.(\d{1,12}))\.([\w-]{43})$/.exec(token ?? '');
  if (match === null) return undefined;
  const [, body = '', browser, issued = '0', mac = ''] = match;
  const age = Date.now() / 1000 - Number(issued);
  const isTrue = age <= seconds && keyring.verify('request-token', `${body}.${canonicalizeEmail(email)}`, mac);
  return isTrue ? browser : undefined;
}
