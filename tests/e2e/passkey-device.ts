import type { Page } from 'playwright-core';
import type { Screen } from '../support/browser.ts';
import type { Stage } from './clinic.ts';

/** A platform authenticator that keeps discoverable passkeys and confirms at once that its owner is there. */
export const virtualAuthenticator = {
  options: {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  },
} as const;

/** A device that keeps passkeys, on `localhost`: a passkey belongs to a host name, and an IP address is none. */
export async function openPasskeyDevice(stage: Stage, screen: Screen): Promise<Page> {
  const baseURL = stage.server.address.replace('127.0.0.1', 'localhost');
  const page = await stage.openDevice(screen, { baseURL });
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  await devTools.send('WebAuthn.addVirtualAuthenticator', virtualAuthenticator);
  return page;
}
