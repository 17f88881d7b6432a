import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { prepareChromium } from '../../src/cli/smoke/chromium.ts';
import { receiveCode } from './mailbox.ts';

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

type Shoot = (name: string, options?: { readonly fullPage?: boolean }) => Promise<void>;

const email = 'ana@exemplo.acolhe';

async function photographSignIn(page: Page, shoot: Shoot): Promise<void> {
  await page.goto('/entrar');
  await page.getByRole('button', { name: 'Receber código' }).waitFor();
  await shoot('entrar');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  const code = await receiveCode({ address: baseURL }, email, () =>
    page.getByRole('button', { name: 'Receber código' }).click(),
  );
  const field = page.getByRole('textbox', { name: 'Código de acesso' });
  await field.waitFor();
  await shoot('codigo');
  await field.fill(code);
  await page
    .getByRole('button', { name: 'Entrar', exact: true })
    .click()
    .catch(() => undefined);
  await page.waitForURL('**/clientes');
  await page.getByRole('listitem').first().waitFor();
  await page
    .getByRole('button', { name: 'Agora não' })
    .click({ timeout: 2000 })
    .catch(() => undefined);
}

async function photographClients(page: Page, shoot: Shoot): Promise<void> {
  await shoot('clientes');
  await page.getByRole('button', { name: /^Filtr/ }).click();
  await shoot('filtros');
  await page.getByRole('button', { name: /^Filtr/ }).click();
  const search = page.getByRole('searchbox', { name: 'Buscar clientes' });
  await search.fill('goncalvez');
  await shoot('busca');
  await search.fill('zzqx');
  await shoot('busca-vazia');
  await search.fill('');
  await page.waitForTimeout(500);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await shoot('paleta');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('a[href^="/clientes/0"]').first().click();
  const card = page.getByRole('dialog');
  await card.waitFor();
  await shoot('cliente');
  await card.getByRole('tab', { name: 'Histórico' }).click();
  await shoot('historico');
  await page.goto(`${page.url()}/editar`);
  await page.getByRole('button', { name: 'Salvar' }).waitFor();
  await shoot('editar');
  await page.goto('/clientes/novo');
  await page.getByRole('button', { name: 'Salvar' }).waitFor();
  await shoot('novo');
  await page.getByRole('textbox', { name: 'Telefone' }).first().fill('123');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await shoot('novo-erros');
}

async function photographTeam(page: Page, shoot: Shoot): Promise<void> {
  await page.goto('/profissionais');
  await page.getByRole('listitem', { name: 'Bruno Falcão' }).waitFor();
  await shoot('profissionais');
  await page.getByRole('button', { name: 'Convidar', exact: true }).click();
  await shoot('convite');
  await page.getByRole('button', { name: 'Enviar convite' }).click();
  await shoot('convite-erros');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Bruno Falcão' }).click();
  await page.getByRole('dialog', { name: 'Bruno Falcão' }).getByRole('heading', { name: 'Acesso' }).waitFor();
  await shoot('profissional');
  await page.getByRole('button', { name: 'Desativar acesso' }).click();
  await shoot('desativar');
}

/** Columns as a clinic's old software names them, a new client, one that is there, a family's phone and a broken row. */
const list = [
  'Nome;Celular;Nascimento;Cidade;Animal',
  'Conceição Araújo;(11) 99999-0001;31/12/1980;São Paulo;gato',
  'Davi Araújo;(11) 99999-0001;;São Paulo;',
  'Sem Telefone;11;31/02/1990;;',
].join('\r\n');

async function photographImport(page: Page, shoot: Shoot): Promise<void> {
  await page.goto('/importar');
  await page.getByRole('button', { name: 'Conferir arquivo' }).waitFor();
  await shoot('importar');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'pacientes.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  await page.getByRole('combobox', { name: 'Profissional' }).selectOption({ label: 'Bruno Falcão' });
  await page.getByRole('button', { name: 'Conferir arquivo' }).click();
  await page.getByRole('heading', { name: 'Confira antes de importar' }).waitFor();
  await shoot('importar-conferir', { fullPage: true });
  await page.getByRole('button', { name: /^Importar \d/ }).click();
  await page.getByRole('heading', { name: 'Importação concluída' }).waitFor();
  await shoot('importar-concluida');
  await page.getByRole('button', { name: 'Desfazer importação' }).click();
  await shoot('importar-desfazer');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Desfazer importação' }).click();
  await page.getByRole('heading', { name: 'Importação desfeita' }).waitFor();
  await shoot('importar-desfeita');
}

async function photographDuplicates(page: Page, shoot: Shoot): Promise<void> {
  await page.goto('/clientes/duplicados');
  await page.getByRole('listitem').first().waitFor();
  await shoot('duplicados');
}

async function photograph(context: BrowserContext, suffix: string): Promise<void> {
  const page = await context.newPage();
  const shoot: Shoot = async (name, options) => {
    await page.waitForTimeout(700);
    await page.screenshot({ path: join(folder, `${name}-${suffix}.png`), ...options });
  };
  await photographSignIn(page, shoot);
  await photographClients(page, shoot);
  await photographTeam(page, shoot);
  await photographImport(page, shoot);
  await photographDuplicates(page, shoot);
  for (const [name, path] of [
    ['configuracoes', '/configuracoes'],
    ['dispositivos', '/configuracoes/dispositivos'],
    ['chaves-de-acesso', '/configuracoes/chaves-de-acesso'],
    ['endereco-desconhecido', '/nada'],
  ] as const) {
    await page.goto(path);
    await shoot(name);
  }
  await page.goto('/sistema-visual');
  await shoot('sistema-visual', { fullPage: true });
  // The next screen is a device of its own, and a person has few at a time.
  await page.goto('/configuracoes');
  await page.getByRole('button', { name: /^Conta/ }).click();
  await page.getByRole('menuitem', { name: 'Sair' }).click();
  await page.waitForURL('**/entrar');
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
      baseURL,
      colorScheme,
      locale: 'pt-BR',
      timezoneId: 'America/Sao_Paulo',
      serviceWorkers: 'block',
    });
    await photograph(context, `${screen}-${colorScheme}`);
    await context.close();
  }
await browser.close();
