import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import type { Screen } from '../support/browser.ts';

/** Looks at the page as it is now, under a name. */
export type Look = (name: string) => Promise<void>;

/** WCAG 2.2, 1.4.10: 320 CSS pixels wide; a computer's window at 200 % has half its pixels. */
const narrow = { phone: { width: 320, height: 640 }, computer: { width: 720, height: 450 } };

/**
 * Walks through pages, and looks at each: axe in both themes, nothing that scrolls sideways narrow or zoomed, nothing that the
 * content security policy keeps out. @returns what is wrong
 */
export async function lookAtPages(page: Page, screen: Screen, walk: (look: Look) => Promise<void>): Promise<string[]> {
  const size = page.viewportSize() ?? narrow[screen];
  const found: string[] = [];
  await watchPolicy(page, (broken) => found.push(broken));
  await walk(async (name) => {
    found.push(...(await findByAxeInBothThemes(page)).map((violation) => `${name}: ${violation}`));
    await page.setViewportSize(narrow[screen]);
    // A phone's window grows with what does not fit, so this may never come true.
    await page
      .waitForFunction((width) => innerWidth === width, narrow[screen].width, { timeout: 5000 })
      .catch(() => undefined);
    found.push(...(await page.evaluate(findWide, narrow[screen].width)).map((element) => `${name}: ${element}`));
    await page.setViewportSize(size);
  });
  return found;
}

/** Reports everything that the content security policy blocks on a page, for example an inline style. */
async function watchPolicy(page: Page, tell: (broken: string) => void): Promise<void> {
  await page.exposeFunction('tellBrokenPolicy', tell);
  await page.addInitScript(() => {
    const { tellBrokenPolicy } = globalThis as unknown as { tellBrokenPolicy: (broken: string) => void };
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample, documentURI }) => {
      tellBrokenPolicy(`${documentURI}: ${effectiveDirective} keeps out ${blockedURI} ${sample}`);
    });
  });
}

/** What axe finds on the page as it is now, by all its rules or only those that are named. */
export async function findByAxe(page: Page, rules: readonly string[] = []): Promise<string[]> {
  // Our pages have no frames. Without legacy mode axe opens another page for them, which takes half of the time.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  const { violations } = await (rules.length === 0 ? axe : axe.withRules([...rules])).analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** Checks every rule in the light theme. The dark one differs in colours only, so there only contrast is checked. */
export async function findByAxeInBothThemes(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`:root[data-scheme=${colorScheme}]`).waitFor();
    await page.evaluate(settle);
    const rules = colorScheme === 'dark' ? ['color-contrast'] : [];
    found.push(...(await findByAxe(page, rules)).map((violation) => `${colorScheme}: ${violation}`));
  }
  return found;
}

/** Waits for transitions of colours to end, however short they are. */
async function settle(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
}

/** Elements that reach beyond a window of that width, if the page or a dialog scrolls sideways. */
function findWide(width: number): string[] {
  const scrollers = [document.documentElement, ...document.querySelectorAll('.dialog-body')];
  if (innerWidth === width && scrollers.every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)) return [];
  const beyond = [...document.body.querySelectorAll('*')].filter(
    (element) => element.getBoundingClientRect().right > width + 1,
  );
  return ['scrolls sideways', ...beyond.slice(0, 3).map(({ tagName, className }) => `${tagName}.${className}`)];
}
