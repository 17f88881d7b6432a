import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { prepareChromium } from './chromium.ts';

/**
 * Photographs every page of a running demo clinic at phone and computer size, light and dark, into docs/screenshots:
 * `node tests/support/screenshots.ts http://localhost:3000`, with `npm start` running beside it.
 */
const baseURL = process.argv[2] ?? 'http://localhost:3000';
const folder = process.argv[3] ?? join(import.meta.dirname, '..', '..', 'docs', 'screenshots');

const screens = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  computer: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
} as const;

async function newestCode(): Promise<string> {
  const response = await fetch(`${baseURL}/dev/mailbox`, { headers: { accept: 'application/json' } });
  const { items } = (await response.json()) as { items: { code: string | null; to: string }[] };
  return items.find(({ to, code }) => to === 'ana@exemplo.acolhe' && code !== null)?.code ?? '';
}

async function signIn(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ana@exemplo.acolhe');
  const before = await newestCode();
  await page.getByRole('button', { name: 'Receber código' }).click();
  let code = before;
  while (code === before) {
    await page.waitForTimeout(100);
    code = await newestCode();
  }
  await page.getByRole('textbox', { name: 'Código de acesso' }).fill(code);
  await page
    .getByRole('button', { name: 'Entrar', exact: true })
    .click()
    .catch(() => undefined);
  await page.waitForURL('**/clientes');
}

async function photograph(context: BrowserContext, suffix: string): Promise<void> {
  const page = await context.newPage();
  const shoot = async (name: string): Promise<void> => {
    await page.waitForTimeout(700);
    await page.screenshot({ path: join(folder, `${name}-${suffix}.png`) });
  };
  await page.goto(`${baseURL}/entrar`);
  await page.getByRole('button', { name: 'Receber código' }).waitFor();
  await shoot('entrar');
  await signIn(page);
  await page.getByRole('listitem').first().waitFor();
  await page
    .getByRole('button', { name: 'Agora não' })
    .click({ timeout: 2000 })
    .catch(() => undefined);
  await shoot('clientes');
  await page.getByRole('searchbox', { name: 'Buscar clientes' }).fill('goncalvez');
  await shoot('busca');
  await page.getByRole('searchbox', { name: 'Buscar clientes' }).fill('zzqx');
  await shoot('busca-vazia');
  await page.getByRole('searchbox', { name: 'Buscar clientes' }).fill('');
  await page.waitForTimeout(500);
  await page.locator('a[href^="/clientes/0"]').first().click();
  await page.getByRole('dialog').waitFor();
  await shoot('cliente');
  for (const [name, path] of [
    ['novo', '/clientes/novo'],
    ['profissionais', '/profissionais'],
    ['configuracoes', '/configuracoes'],
  ] as const) {
    await page.goto(`${baseURL}${path}`);
    await shoot(name);
  }
  await page.close();
}

await mkdir(folder, { recursive: true });
const { executablePath, env } = await prepareChromium();
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  env: { ...process.env, ...env },
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
for (const [screen, options] of Object.entries(screens))
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      ...options,
      colorScheme,
      locale: 'pt-BR',
      timezoneId: 'America/Sao_Paulo',
    });
    await photograph(context, `${screen}-${colorScheme}`);
    await context.close();
  }
await browser.close();
