import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { inject } from 'vitest';
import { type Screen, screens } from './screens.ts';

export type { Screen };

/** Starts a real Chromium without a window, with further arguments of its own. Close it in afterAll. */
export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const { executablePath, env } = inject('chromium');
  return chromium.launch({
    ...(executablePath === undefined ? { channel: 'chrome' } : { executablePath }),
    // Without a UTF-8 locale Chromium drops the name of a file with an accent.
    env: { ...process.env, ...env, LC_ALL: 'C.UTF-8' },
    // The sandbox does not work for root in a container, and only our own pages are loaded. Test machines have no GPU.
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--font-render-hinting=none', ...more],
  });
}

/**
 * Opens a new device in Brazil, without cookies and storage. Relative addresses are below `baseURL`. The service worker is
 * blocked, because it would fetch the whole app for each device; its own tests allow it.
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
