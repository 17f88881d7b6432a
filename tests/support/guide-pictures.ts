import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { prepareChromium } from '../../src/cli/smoke/chromium.ts';
import { receiveCode } from './mailbox.ts';
import { screens } from './screens.ts';

/**
 * Takes the pictures of docs/guia from a demo clinic, small enough to travel with the app. Start the clinic first:
 *
 *     DATA_DIR=/tmp/pictures MAX_ACTIVE_DEVICE_SESSIONS=20 npm start
 *     node tests/support/guide-pictures.ts http://localhost:3000
 */
const baseURL = process.argv[2] ?? 'http://localhost:3000';
const folder = join(import.meta.dirname, '..', '..', 'docs', 'guia', 'imagens');
const computer = { viewport: { width: 1280, height: 760 } };

async function openAs(browser: Browser, email: string, screen: BrowserContextOptions): Promise<Page> {
  const locale = { locale: 'pt-BR', timezoneId: 'America/Sao_Paulo', colorScheme: 'light' } as const;
  const context = await browser.newContext({ ...screen, ...locale, baseURL, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.goto('/entrar');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  const code = await receiveCode({ address: baseURL }, email, () =>
    page.getByRole('button', { name: 'Receber código' }).click(),
  );
  await page.getByRole('textbox', { name: 'Código de acesso' }).fill(code);
  await page.waitForURL('**/clientes');
  await page.getByRole('listitem').first().waitFor();
  await page.getByRole('button', { name: 'Agora não' }).click();
  return page;
}

/** A picture in WebP, which Chromium writes itself. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.locator('.skeleton, .skeleton-shape, .toast').first().waitFor({ state: 'detached' });
  await page.mouse.move(0, 0);
  await page.waitForTimeout(700);
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 72 });
  await writeFile(join(folder, `${name}.webp`), Buffer.from(data, 'base64'));
}

/** Goes on to a day with appointments to come: in the evening those of today are over. */
async function goToWorkingDay(page: Page): Promise<void> {
  for (let days = 0; days < 5; days++) {
    await page.getByRole('button', { name: 'Próximo dia' }).click();
    await page.getByRole('region', { name: /^Agenda de / }).waitFor();
    await page.waitForTimeout(700);
    if ((await page.locator('[data-appointment]').count()) > 5) return;
  }
  throw new Error('nobody comes in the next days');
}

async function photographReception(page: Page): Promise<void> {
  await page.goto('/clientes');
  await page.locator('.client-name').nth(2).click();
  await page.getByRole('dialog').getByRole('tab').first().waitFor();
  await shoot(page, 'clientes');
  await page.goto('/agenda');
  await goToWorkingDay(page);
  await shoot(page, 'agenda');
  await page.goto('/clientes');
  await page.getByRole('button', { name: 'Agendar' }).first().click();
  await page.getByRole('dialog', { name: 'Agendar' }).getByRole('group', { name: 'Horários livres' }).waitFor();
  await shoot(page, 'agendar');
}

async function photographProfessional(page: Page): Promise<void> {
  await page.goto('/hoje');
  await page.getByRole('heading', { level: 1, name: 'Hoje' }).waitFor();
  await shoot(page, 'hoje');
  await page.goto('/clientes');
  await page.locator('.client-name').nth(2).click();
  await page.getByRole('dialog').getByRole('tab').first().waitFor();
  await shoot(page, 'ficha');
  await page.goto('/clientes/novo');
  await page.getByRole('button', { name: 'Salvar', exact: true }).waitFor();
  await shoot(page, 'novo');
}

await mkdir(folder, { recursive: true });
const { executablePath, env } = await prepareChromium();
const browser = await chromium.launch({
  ...(executablePath === undefined ? { channel: 'chrome' } : { executablePath }),
  env: { ...process.env, ...env },
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  await photographReception(await openAs(browser, 'carla@exemplo.acolhe', computer));
  await photographProfessional(await openAs(browser, 'bruno@exemplo.acolhe', screens.phone));
} finally {
  await browser.close();
}
