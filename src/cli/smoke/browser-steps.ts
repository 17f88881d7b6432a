import type { Browser, BrowserContextOptions } from 'playwright-core';
import { CommandFailure } from '../failure.ts';
import type { Codes } from './codes.ts';
import { expectThat, type Report } from './report.ts';

const screens: Readonly<Record<string, BrowserContextOptions>> = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  computer: { viewport: { width: 1440, height: 900 } },
};

interface Visit {
  readonly baseUrl: string;
  readonly email: string;
  readonly codes: Codes;
  readonly chromium: string | undefined;
}

/** Signs in, sees the list and signs out by real clicks, at both sizes. Throws CommandFailure without a browser. */
export async function checkBrowser(report: Report, visit: Visit): Promise<void> {
  if (!visit.codes.several) {
    report.skip('web app in a browser', 'needs codes of its own');
    return;
  }
  const browser = await launch(visit.chromium);
  try {
    for (const [screen, options] of Object.entries(screens))
      await report.step(`web app on a ${screen}`, () => clickThrough(browser, options, visit));
  } finally {
    await browser.close();
  }
}

async function launch(chromium: string | undefined): Promise<Browser> {
  try {
    const playwright = await import('playwright-core');
    const where = chromium === undefined ? { channel: 'chrome' } : { executablePath: chromium };
    return await playwright.chromium.launch({ ...where, args: ['--no-sandbox', '--disable-gpu'] });
  } catch (error) {
    throw new CommandFailure(
      `No browser could be started (${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}): install Chrome, or name one with --chromium.`,
    );
  }
}

async function clickThrough(
  browser: Browser,
  options: BrowserContextOptions,
  { baseUrl, email, codes }: Visit,
): Promise<[string, undefined]> {
  const context = await browser.newContext({ ...options, baseURL: baseUrl, locale: 'pt-BR', reducedMotion: 'reduce' });
  context.setDefaultTimeout(20_000);
  try {
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('response', (response) => {
      if (response.status() >= 500) faults.push(`${String(response.status())} for ${new URL(response.url()).pathname}`);
    });
    await page.goto('/entrar');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    const code = await codes.next(() => page.getByRole('button', { name: 'Receber código' }).click());
    await page.getByRole('textbox', { name: 'Código de acesso' }).fill(code);
    // The form sends itself with the sixth digit, or waits for the button.
    await page
      .getByRole('button', { name: 'Entrar', exact: true })
      .click({ timeout: 3000 })
      .catch(() => undefined);
    await page.getByRole('searchbox', { name: 'Buscar clientes' }).waitFor();
    await page.reload();
    await page.getByRole('searchbox', { name: 'Buscar clientes' }).waitFor();
    const signedOut = await page.evaluate(
      async () => (await fetch('/api/v1/auth/sessions/current', { method: 'DELETE' })).status,
    );
    expectThat(signedOut === 204, `signing out answers ${String(signedOut)}`);
    expectThat(faults.length === 0, `the page had faults: ${faults.slice(0, 3).join('; ')}`);
    return ['signed in, list, reload, signed out', undefined];
  } finally {
    await context.close();
  }
}
