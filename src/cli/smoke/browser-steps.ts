import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { prepareChromium } from './chromium.ts';
import type { Codes } from './codes.ts';
import { waitForRetryAfter } from './patience.ts';
import { expectThat, type Report } from './report.ts';
import { makeUniqueName } from './session-steps.ts';

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

/**
 * Uses the web app with real clicks, at both sizes: signs in, finds a client, opens and closes it, tries an invalid change,
 * and signs out. The client is created for this and archived at the end.
 */
export async function checkBrowser(report: Report, visit: Visit): Promise<void> {
  if (!visit.codes.several) {
    report.skip('web app in a browser', 'needs codes of its own');
    return;
  }
  const browser = await report.step('a browser', async () => {
    const started = await launch(visit.chromium);
    return [`Chromium ${started.version()}`, started];
  });
  if (browser === undefined) return;
  try {
    for (const [screen, options] of Object.entries(screens))
      await report.step(`web app on a ${screen}`, () => visitWebApp(browser, options, visit));
  } finally {
    await browser.close();
  }
}

async function launch(named: string | undefined): Promise<Browser> {
  try {
    const [playwright, { executablePath, env }] = await Promise.all([
      import('playwright-core'),
      named === undefined ? prepareChromium() : { executablePath: named, env: {} },
    ]);
    return await playwright.chromium.launch({
      ...(executablePath === undefined ? { channel: 'chrome' } : { executablePath }),
      env: { ...process.env, ...env },
      args: ['--no-sandbox', '--disable-gpu'],
    });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw new Error(`none could be started (${reason}): install Chrome, or name one with --chromium`, { cause: error });
  }
}

async function visitWebApp(
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
    await signIn(page, email, codes);
    try {
      await workWithClient(page);
    } finally {
      const signedOut = await page.evaluate(
        async () => (await fetch('/api/v1/auth/sessions/current', { method: 'DELETE' })).status,
      );
      expectThat(signedOut === 204, `signing out answers ${String(signedOut)}`);
    }
    expectThat(faults.length === 0, `the page had faults: ${faults.slice(0, 3).join('; ')}`);
    return ['signed in, reloaded, a client found, opened, wrongly changed and closed, signed out', undefined];
  } finally {
    await context.close();
  }
}

async function signIn(page: Page, email: string, codes: Codes): Promise<void> {
  await page.goto('/entrar');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  const code = await codes.next(() => askForCode(page));
  await page.getByRole('textbox', { name: 'Código de acesso' }).fill(code);
  // The form submits itself after the sixth digit, so the button may be gone already.
  await page
    .getByRole('button', { name: 'Entrar', exact: true })
    .click({ timeout: 3000 })
    .catch(() => undefined);
  await page.getByRole('searchbox', { name: 'Buscar clientes' }).waitFor();
  await page.reload();
  await page.getByRole('searchbox', { name: 'Buscar clientes' }).waitFor();
}

async function askForCode(page: Page): Promise<void> {
  const click = async () => {
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/api/v1/auth/codes')),
      page.getByRole('button', { name: 'Receber código' }).click(),
    ]);
    return { status: answer.status(), retryAfter: await answer.headerValue('retry-after') };
  };
  let answer = await click();
  if (answer.status === 429) {
    await waitForRetryAfter(answer.retryAfter);
    answer = await click();
  }
  expectThat(answer.status === 202, `asking for a code answers ${String(answer.status)}`);
}

async function workWithClient(page: Page): Promise<void> {
  const mark = makeUniqueName();
  const id = await page.evaluate(async (lastName) => {
    const { id: professionalId } = (await (await fetch('/api/v1/me')).json()) as { id: string };
    const body = JSON.stringify({ firstName: 'Teste', lastName, professionalId, tags: ['acolhe smoke'] });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch('/api/v1/clients', { method: 'POST', headers, body });
    return answer.status === 201 ? ((await answer.json()) as { id: string }).id : undefined;
  }, mark);
  expectThat(id !== undefined, 'a client cannot be made');
  try {
    await page.getByRole('searchbox', { name: 'Buscar clientes' }).fill(mark);
    await page
      .getByRole('listitem', { name: `Teste ${mark}`, exact: true })
      .getByRole('link', { name: `Teste ${mark}` })
      .click();
    const card = page.getByRole('dialog', { name: `Teste ${mark}`, exact: true });
    await card.getByRole('button', { name: 'Alterar nome' }).click();
    const name = card.getByRole('textbox', { name: 'Nome', exact: true });
    await name.fill('');
    await card.getByRole('button', { name: 'Salvar' }).click();
    await card.locator('[aria-invalid="true"]').first().waitFor();
    // Cancels the edit; the card stays open.
    await page.keyboard.press('Escape');
    await name.waitFor({ state: 'detached' });
    await card.getByRole('button', { name: 'Fechar' }).click();
    await card.waitFor({ state: 'detached' });
  } finally {
    const status = await page.evaluate(
      async (client) =>
        (await fetch(`/api/v1/clients/${client}`, { method: 'DELETE', headers: { 'if-match': '*' } })).status,
      id,
    );
    expectThat(status === 204, `archiving the client answers ${String(status)}`);
  }
}
