import { randomBytes } from 'node:crypto';
import { canonicalEmail, type Keyring } from './secrets.ts';

/** Identifies a browser while it requests codes. */
export const createBrowserName = (): string => randomBytes(18).toString('base64url');

/**
 * An HttpOnly cookie for the browser that requests a code: a random name, the time, and a keyed hash of the e-mail. It proves
 * that a guess comes from the browser that requested the code, and does not reveal whether an account exists.
 */
export function createRequestToken(keyring: Keyring, email: string, browser: string, now = new Date()): string {
  const body = `${browser}.${Math.floor(now.getTime() / 1000)}`;
  return `${body}.${keyring.hash('request-token', `${body}.${canonicalEmail(email)}`)}`;
}

/** The name of the browser, if it requested a code for this e-mail within the last `seconds`. */
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
