import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { prepareChromium } from '../../src/cli/smoke/chromium.ts';
import { receiveCode } from './mailbox.ts';
import { screens } from './screens.ts';

/**
 * Takes screenshots of every page of a demo clinic, at phone and computer size, light and dark, into docs/screenshots or another
 * folder. Start the clinic first, with a data folder of its own:
 *
 *     DATA_DIR=/tmp/pictures npm start
 *     node tests/support/screenshots.ts http://localhost:3000 [folder]
 *
 * Each of the four devices signs in and out. If codes are throttled, start the clinic with OTP_THROTTLE_PER_MINUTE=1000;
 * MAX_ACTIVE_DEVICE_SESSIONS=20 keeps your own session in that clinic from being ended.
 */
const baseURL = process.argv[2] ?? 'http://localhost:3000';
const folder = process.argv[3] ?? join(import.meta.dirname, '..', '..', 'docs', 'screenshots');

const sizes = { phone: { ...screens.phone, deviceScaleFactor: 2 }, computer: screens.computer };

/** `whole`: the screenshot shows the whole page, not only the window. */
type Shoot = (name: string, options?: { readonly whole: true }) => Promise<void>;

const email = 'ana@exemplo.acolhe';
const ofTheWebApp = { 'x-acolhe-client': 'web' };

/** Requests a code on the sign-in page and reads it. Throws with the server's reason if it sends none. */
async function askForCode(page: Page): Promise<string> {
  return receiveCode({ address: baseURL }, email, async () => {
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/auth/codes')),
      page.getByRole('button', { name: 'Receber código' }).click(),
    ]);
    if (answer.ok()) return;
    const { detail } = (await answer.json()) as { detail?: string };
    throw new Error(
      `${baseURL} sends ${email} no code (${answer.status()}): ${detail ?? ''} Wait, or start it with OTP_THROTTLE_PER_MINUTE=1000.`,
    );
  });
}

async function photographSignIn(page: Page, shoot: Shoot): Promise<void> {
  await page.goto('/entrar');
  await page.getByRole('button', { name: 'Receber código' }).waitFor();
  await shoot('entrar');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  const code = await askForCode(page);
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
  // The toast about devices that were signed out would cover the next pages.
  await page.locator('.toast').first().waitFor({ state: 'detached' });
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
  await card.getByRole('tab', { name: 'Atendimentos' }).click();
  await shoot('atendimentos');
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

/** A file of a clinic's old software: a new client, one who shares the phone, and a row that cannot be read. */
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
  await shoot('importar-conferir', { whole: true });
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
  await page.getByRole('heading', { name: 'Nenhum cadastro repetido' }).waitFor();
  await shoot('duplicados-vazio');
  const person = { firstName: 'Helena', dateOfBirth: '1975-03-09', address: { city: 'Campinas', state: 'SP' } };
  const pair = [
    await register(page, { ...person, lastName: 'Prado', phone: '(19) 99999-0002', tags: ['diabetes'] }),
    await register(page, { ...person, lastName: 'do Prado', email: 'helena@correio.example', tags: ['palmilha'] }),
  ];
  await page.goto('/clientes/duplicados');
  await page.getByRole('link', { name: 'Comparar e unir' }).waitFor();
  await shoot('duplicados');
  await page.getByRole('link', { name: 'Comparar e unir' }).click();
  await page.getByRole('heading', { name: 'Como vai ficar' }).waitFor();
  await shoot('unir', { whole: true });
  for (const id of pair)
    await page.request.delete(`/api/v1/clients/${id}`, { headers: { ...ofTheWebApp, 'if-match': '*' } });
}

async function register(page: Page, data: object): Promise<string> {
  const answer = await page.request.post('/api/v1/clients', { headers: ofTheWebApp, data });
  return ((await answer.json()) as { id: string }).id;
}

/** Other pages, and addresses without a page. */
async function photographPlaces(page: Page, shoot: Shoot): Promise<void> {
  const nobody = '0198c2ad-0000-7000-8000-000000000000';
  for (const [name, path, title] of [
    ['configuracoes', '/configuracoes', 'Configurações'],
    ['dispositivos', '/configuracoes/dispositivos', 'Meus dispositivos'],
    ['chaves-de-acesso', '/configuracoes/chaves-de-acesso', 'Chaves de acesso'],
    ['hoje', '/hoje', 'Hoje'],
    ['agenda', '/agenda', 'Agenda'],
    ['semana', '/agenda?ver=semana', 'Agenda'],
    ['mes', '/agenda?ver=mes', 'Agenda'],
    ['espera', '/espera', 'Lista de espera'],
    ['pacotes', '/pacotes', 'Pacotes de sessões'],
    ['clinica', '/configuracoes/clinica', 'Clínica'],
    ['etiquetas', '/configuracoes/etiquetas', 'Etiquetas'],
    ['mensagens', '/configuracoes/mensagens', 'Mensagens prontas'],
    ['horarios', '/configuracoes/horarios', 'Horários de atendimento'],
    ['auditoria', '/auditoria', 'Auditoria'],
    ['cliente-desconhecido', `/clientes/${nobody}`, 'Cadastro não encontrado'],
    ['profissional-desconhecido', `/profissionais/${nobody}`, 'Pessoa não encontrada'],
    ['endereco-desconhecido', '/nada', 'Esta página não existe'],
  ] as const) {
    await page.goto(path);
    await page.getByRole('heading', { name: title }).first().waitFor();
    await shoot(name);
  }
  await page.goto('/sistema-visual');
  await page.getByRole('heading', { name: 'Sistema visual' }).waitFor();
  await shoot('sistema-visual', { whole: true });
}

async function photograph(context: BrowserContext, suffix: string): Promise<void> {
  const page = await context.newPage();
  const shoot: Shoot = async (name, options) => {
    await page.locator('.shell .skeleton').first().waitFor({ state: 'detached' });
    // Moves the mouse away, so that nothing is shown as hovered.
    await page.mouse.move(0, 0);
    await page.waitForTimeout(700);
    const size = page.viewportSize();
    if (options?.whole === true && size !== null) {
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ ...size, height: Math.max(height, size.height) });
      await page.waitForTimeout(300);
    }
    await page.screenshot({ path: join(folder, `${name}-${suffix}.png`) });
    if (size !== null) await page.setViewportSize(size);
  };
  try {
    await photographSignIn(page, shoot);
    await photographClients(page, shoot);
    await photographTeam(page, shoot);
    await photographImport(page, shoot);
    await photographDuplicates(page, shoot);
    await photographPlaces(page, shoot);
  } finally {
    // The next screen is another device, and a person can have few at a time.
    await page.request.delete('/api/v1/auth/sessions/current', { headers: ofTheWebApp }).catch(() => undefined);
  }
}

await mkdir(folder, { recursive: true });
const { executablePath, env } = await prepareChromium();
const browser = await chromium.launch({
  ...(executablePath === undefined ? { channel: 'chrome' } : { executablePath }),
  env: { ...process.env, ...env },
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  for (const [screen, options] of Object.entries(sizes))
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
} finally {
  await browser.close();
}
