import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { prepareChromium } from '../../src/cli/smoke/chromium.ts';
import type { Product } from './product.ts';

/** Whose session the browser has, and where. */
export type Session = Pick<Product, 'address' | 'signIn'>;

export interface Device {
  readonly context: BrowserContext;
  /** The port for other tools that use this browser. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts a browser with an empty profile, signed in if `as` says who. It starts as for people, but without the sandbox, which
 * does not work for root in containers.
 */
export async function openBrowser(options: BrowserContextOptions, as?: Session): Promise<Device> {
  const profile = await mkdtemp(join(tmpdir(), 'acolhe-profile-'));
  const { executablePath, env } = await prepareChromium();
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath === undefined ? { channel: 'chrome' } : { executablePath }),
    env: { ...process.env, ...env },
    args: ['--no-sandbox', '--disable-background-networking', '--remote-debugging-port=0'],
    locale: 'pt-BR',
    timezoneId: 'America/Sao_Paulo',
    // The service worker's downloads are not what the page itself needs.
    serviceWorkers: 'block',
    ...options,
  });
  const close = async (): Promise<void> => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  };
  try {
    if (as !== undefined) await addSession(context, as);
    const [port] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
    return { context, port: Number(port), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Signs the browser in. */
async function addSession(context: BrowserContext, as: Session): Promise<void> {
  const { cookies, storage } = await as.signIn();
  await context.addCookies([...cookies]);
  const page = await context.newPage();
  // A file of the same origin, so that none of the app's scripts runs.
  await page.goto(`${as.address}/favicon.svg`);
  await page.evaluate((session) => {
    localStorage.setItem('acolhe.session', session);
  }, storage);
  await page.close();
}
