import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { prepareChromium } from '../../src/cli/smoke/chromium.ts';
import type { Product } from './product.ts';

export interface Device {
  readonly context: BrowserContext;
  /** Where other tools reach this browser. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * A browser of its own with an empty profile, signed in when `as` is a product; as Chromium starts for people, with its
 * sandbox off for root in containers.
 */
export async function openBrowser(options: BrowserContextOptions, as?: Product): Promise<Device> {
  const profile = await mkdtemp(join(tmpdir(), 'acolhe-profile-'));
  const { executablePath, env } = await prepareChromium();
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath === undefined ? { channel: 'chrome' } : { executablePath }),
    env: { ...process.env, ...env },
    args: ['--no-sandbox', '--disable-background-networking', '--remote-debugging-port=0'],
    locale: 'pt-BR',
    timezoneId: 'America/Sao_Paulo',
    // What a page needs is measured without what is put by for later.
    serviceWorkers: 'block',
    ...options,
  });
  const close = async (): Promise<void> => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  };
  try {
    if (as !== undefined) await bringSession(context, as);
    const [port] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
    return { context, port: Number(port), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function bringSession(context: BrowserContext, product: Product): Promise<void> {
  const { cookies, storage } = await product.signIn();
  await context.addCookies([...cookies]);
  const page = await context.newPage();
  // Of the same origin, and without any script of the app.
  await page.goto(`${product.address}/favicon.svg`);
  await page.evaluate((session) => {
    localStorage.setItem('acolhe.session', session);
  }, storage);
  await page.close();
}
