import type { Page } from 'playwright-core';
import type { Screen } from '../support/browser.ts';
import type { Stage } from './clinic.ts';

/** A platform authenticator that stores discoverable passkeys and confirms the presence of its owner at once. */
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

/** Opens a device that can store passkeys. It uses `localhost`, because passkeys need a host name, not an IP address. */
export async function openPasskeyDevice(stage: Stage, screen: Screen): Promise<Page> {
  const baseURL = stage.server.address.replace('127.0.0.1', 'localhost');
  const page = await stage.openDevice(screen, { baseURL });
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  await devTools.send('WebAuthn.addVirtualAuthenticator', virtualAuthenticator);
  return page;
}
