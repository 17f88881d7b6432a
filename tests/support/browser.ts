import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { inject } from 'vitest';
import { type Screen, screens } from './screens.ts';

export type { Screen };

/** Starts real Chromium, without a window. Close it in afterAll. */
export function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = inject('chromium');
  return chromium.launch({
    ...(executablePath === undefined ? { channel: 'chrome' } : { executablePath }),
    env: { ...process.env, ...env },
    // No sandbox, which needs rights that root in a container lacks: only our own pages are loaded. No GPU anywhere.
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--font-render-hinting=none'],
  });
}

/**
 * A fresh person at a screen: no cookies, no storage, in Brazil. Relative addresses count from `baseURL`. Without the
 * service worker, which would fetch the whole app for each of them; its own tests allow it.
 */
export function openContext(
  browser: Browser,
  screen: Screen,
  options: BrowserContextOptions & { baseURL: string },
): Promise<BrowserContext> {
  return browser.newContext({
    locale: 'pt-BR',
    timezoneId: 'America/Sao_Paulo',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    ...screens[screen],
    ...options,
  });
}
