import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import type { Screen } from '../support/browser.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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

/** What axe finds on the page as it is now, by all its rules or only those that are named. Our pages have no frames. */
export async function findByAxe(page: Page, rules: readonly string[] = []): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  return page.evaluate(runAxe, rules);
}

/** Runs within the page. Of what axe answers, megabytes on a long page, only what is wrong leaves it. */
async function runAxe(rules: readonly string[]): Promise<string[]> {
  const { axe: loaded } = globalThis as unknown as { axe: typeof axe };
  const { violations } = await loaded.run(document, {
    resultTypes: ['violations'],
    ...(rules.length > 0 && { runOnly: { type: 'rule', values: [...rules] } }),
  });
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

const themes = ['dark', 'light'] as const;

/**
 * Checks every rule in the light theme. The dark one differs in colours only, so there only contrast is checked. Begins with
 * the theme that the page has, as to paint it anew takes time.
 */
export async function findByAxeInBothThemes(page: Page): Promise<string[]> {
  const found: string[] = [];
  const isDark = await page.evaluate(() => document.documentElement.dataset['scheme'] === 'dark');
  for (const colorScheme of isDark ? themes : themes.toReversed()) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(settle, colorScheme);
    const rules = colorScheme === 'dark' ? ['color-contrast'] : [];
    found.push(...(await findByAxe(page, rules)).map((violation) => `${colorScheme}: ${violation}`));
  }
  return found;
}

/** Waits until the page has the theme, and no colour changes any more, however short that takes. */
async function settle(colorScheme: string): Promise<void> {
  let changing: Animation[];
  do {
    await new Promise(requestAnimationFrame);
    changing = document.getAnimations().filter(({ playState }) => playState === 'running');
    await Promise.allSettled(changing.map(({ finished }) => finished));
  } while (changing.length > 0 || document.documentElement.dataset['scheme'] !== colorScheme);
}

/**
 * Elements that reach beyond a window of that width, if the page or a dialog scrolls sideways; what depends on the width gets
 * a moment to change. A phone's window grows with what does not fit.
 */
async function findWide(width: number): Promise<string[]> {
  const fits = (): boolean =>
    innerWidth === width &&
    [document.documentElement, ...document.querySelectorAll('.dialog-body')].every(
      ({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth,
    );
  const until = performance.now() + 5000;
  while (!fits() && performance.now() < until) await new Promise(requestAnimationFrame);
  if (fits()) return [];
  const beyond = [...document.body.querySelectorAll('*')].filter(
    (element) => element.getBoundingClientRect().right > width + 1,
  );
  return ['scrolls sideways', ...beyond.slice(0, 3).map(({ tagName, className }) => `${tagName}.${className}`)];
}
