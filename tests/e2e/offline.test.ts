import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Screen } from '../support/browser.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import {
  expectSoon,
  findSearch,
  openSignedIn,
  prepareStage,
  registerClients,
  screens,
  signIn,
  isInSight,
} from './clinic.ts';
import { findByAxe } from './page-checks.ts';
import { card, row } from './locators.ts';

const stage = prepareStage();
/** The connection between the device and the server. */
let line: TcpProxy;
beforeEach(async () => {
  line = await startTcpProxy(stage.server.address);
});
afterEach(() => line.close());

const offline = (page: Page) => page.getByRole('status').getByText('Sem conexão – mostrando o que foi visto');

/** Opens Bruno's list through the proxy, with one card that was opened and one that was not. */
async function openList(screen: Screen) {
  const email = `bruno@${await stage.openClinic()}`;
  const bruno = await stage.server.signIn(email);
  const ids = await registerClients(bruno, [
    { firstName: 'Zenilda', lastName: 'Quixaba', phone: '(11) 99617-2043' },
    { firstName: 'Urbano', lastName: 'Ximbica' },
  ]);
  const page = await stage.openDevice(screen, { baseURL: line.url.replace(/\/$/, ''), serviceWorkers: 'allow' });
  await openSignedIn(stage.server, page, email);
  await row(page, 'Urbano Ximbica').waitFor();
  await page.goto(`/clientes/${ids[0] ?? ''}`);
  await card(page, 'Zenilda Quixaba').getByText('(11) 99617-2043').waitFor();
  await expectSoon(() => page.evaluate(listStored)).toContain(`/api/v1/clients/${ids[0] ?? ''}`);
  return { page, email, bruno, ids };
}

/** Waits until the service worker has stored the app, a few seconds after the first page. */
const waitForServiceWorker = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });

/** The path of every answer that the browser has stored. */
async function listStored(): Promise<string[]> {
  const paths: string[] = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname);
  return paths;
}

/** Places where the browser stores something about a person for this site. Files of the app itself do not count. */
async function findTraces(): Promise<string[]> {
  const personal = /Zenilda|Quixaba|99617|Urbano|Ximbica|(ana|bruno|carla)@jornada/;
  const traces: string[] = [];
  for (const [store, name] of [
    [localStorage, 'local'],
    [sessionStorage, 'session'],
  ] as const)
    for (const [key, value] of Object.entries(store)) if (personal.test(String(value))) traces.push(`${name} ${key}`);
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url);
      const text = (await (await cache.match(request))?.text()) ?? '';
      if (!name.startsWith('acolhe-shell-') || pathname.startsWith('/api/') || personal.test(text))
        traces.push(`${name} ${pathname}`);
    }
  }
  for (const { name } of await indexedDB.databases()) traces.push(`database ${name ?? ''}`);
  return traces;
}

/** Expects no personal data in this browser, now and a moment later. */
async function expectNothingLeft(page: Page): Promise<void> {
  await expectSoon(() => page.evaluate(findTraces)).toEqual([]);
  await page.waitForTimeout(500);
  expect(await page.evaluate(findTraces)).toEqual([]);
}

describe.each(screens)('on a %s', (screen) => {
  it('opens without a connection with what was seen, says so, explains what can not be saved, and comes back', async () => {
    const { page, ids } = await openList(screen);
    await waitForServiceWorker(page);
    await line.cut();
    await page.goto('/clientes');
    await row(page, 'Zenilda Quixaba').waitFor();
    await offline(page).waitFor();
    expect(await findByAxe(page)).toEqual([]);

    await findSearch(page).fill('ximbi');
    await expectSoon(() => page.getByRole('listitem', { name: /.+ .+/ }).count()).toBe(1);
    await row(page, 'Urbano Ximbica').waitFor();
    // Whom nobody has seen here may be registered all the same: nobody is offered to be registered again.
    await findSearch(page).fill('Nivalda');

    await page.getByRole('heading', { name: 'Sem conexão para buscar “Nivalda”' }).waitFor();
    expect(await page.getByText(/Cadastrar “/).count()).toBe(0);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('Nivalda');
    await page.getByText('Sem conexão: “Nivalda” não está entre os clientes vistos nesta sessão').waitFor();
    await page.keyboard.press('Escape');

    await page.goto(`/clientes/${ids[1] ?? ''}`);
    await page.getByRole('dialog').getByRole('heading', { name: 'Este cadastro ainda não foi aberto aqui' }).waitFor();
    await page.goto('/clientes/novo');
    await page.getByText('Sem conexão, este formulário não pode ser salvo agora.').waitFor();
    await page.goto(`/clientes/${ids[0] ?? ''}`);
    const dialog = card(page, 'Zenilda Quixaba');
    await dialog.getByText('(11) 99617-2043').waitFor();
    await offline(page).waitFor();
    expect(await isInSight(dialog.getByRole('button', { name: 'Fechar' }))).toBe(true);
    await dialog.getByRole('button', { name: 'Incluir E-mail' }).click();
    await dialog.getByRole('textbox', { name: 'E-mail' }).fill('ceica@exemplo.com');
    await dialog.getByRole('button', { name: 'Salvar' }).click();
    await dialog.getByText('Sem conexão: nada se perdeu do que você escreveu').waitFor();

    await line.restore();
    await offline(page).waitFor({ state: 'detached', timeout: 30_000 });
    await dialog.getByRole('button', { name: 'Salvar' }).click();
    await dialog.getByRole('link', { name: 'E-mail' }).waitFor();
  });

  it('keeps nobody’s data in the browser after signing out', async () => {
    const { page } = await openList(screen);
    await waitForServiceWorker(page);
    expect(await page.evaluate(findTraces)).toContain('acolhe-seen /api/v1/clients');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Conta/ }).click();
    await page.getByRole('menuitem', { name: 'Sair' }).click();
    await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
    await expectNothingLeft(page);

    // Without a connection, the app still opens, with nobody's data.
    await line.cut();
    await page.goto('/clientes');
    await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
  });

  it('signs out without a connection: the device forgets the person, the server learns of it later', async () => {
    const { page, bruno } = await openList(screen);
    await waitForServiceWorker(page);
    await page.keyboard.press('Escape');
    const countDevices = async () => (await bruno.api('GET /auth/sessions')).body.items.length;
    expect(await countDevices()).toBe(2);
    await line.cut();
    await page.getByRole('button', { name: /^Conta/ }).click();
    await page.getByRole('menuitem', { name: 'Sair' }).click();
    await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
    await page.getByText('Você saiu, e este aparelho não guarda mais nada.').waitFor();
    await expectNothingLeft(page);
    await page.goto('/clientes');
    await page.getByRole('textbox', { name: 'E-mail' }).waitFor();

    // The cookies are still there, but they bring nobody back.
    await line.restore();
    await page.goto('/clientes');
    await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
    await expectSoon(countDevices).toBe(1);
    expect(await page.evaluate(() => Object.keys(localStorage))).not.toContain('acolhe.pending-sign-out');
  });

  it('keeps nobody’s data after the session was ended from another device', async () => {
    const { page, bruno } = await openList(screen);
    const { body } = await bruno.api('GET /auth/sessions');
    const lost = body.items.find(({ current }) => !current);
    await bruno.api('DELETE /auth/sessions/{id}', { params: { id: lost?.id ?? '' } });
    await page.keyboard.press('Escape');
    await findSearch(page).fill('urbano');
    await page.getByRole('alertdialog', { name: 'Sessão expirada' }).waitFor();
    await expectNothingLeft(page);
    await page.reload();
    await page.getByText(/Você desconectou este aparelho/).waitFor();
    await expectNothingLeft(page);
  });
});

it('shows one person nothing that another saw on the same device', async () => {
  const { page, email } = await openList('computer');
  await page.context().clearCookies();
  await page.goto('/entrar');
  await signIn(stage.server, page, email.replace('bruno@', 'ana@'));
  await row(page, 'Urbano Ximbica').waitFor();
  const { who } = JSON.parse((await page.evaluate(() => localStorage.getItem('acolhe.session'))) ?? '{}') as {
    who: string;
  };
  const owners = () =>
    page.evaluate(async () => {
      const cache = await caches.open('acolhe-seen');
      const copies = await Promise.all((await cache.keys()).map((request) => cache.match(request)));
      return [...new Set(copies.map((copy) => copy?.headers.get('x-seen-by')))];
    });
  await expectSoon(owners).toEqual([who]);
});

it('removes at the start what a session that is gone has left', async () => {
  const { page } = await openList('computer');
  await page.goto('/favicon.svg');
  await page.evaluate(() => {
    localStorage.clear();
  });
  await page.goto('/entrar');
  await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
  await expectNothingLeft(page);
});

describe('the worker', () => {
  it('is asked for anew each time, and rules nothing but the app', async () => {
    const { page } = await openList('computer');
    await waitForServiceWorker(page);
    const worker = await page.request.get('/sw.js');
    expect(worker.headers()).toMatchObject({
      'cache-control': 'no-cache',
      'content-type': expect.stringMatching(/javascript/) as string,
    });
    expect(worker.headers()['content-security-policy']).toContain("worker-src 'self'");
    await line.cut();
    await expect(page.goto('/api/v1/docs')).rejects.toThrow();
  });
});

describe('a new release', () => {
  it.each(screens)('is announced on a %s, waits for unsaved words and is taken on demand', async (screen) => {
    const email = `bruno@${await stage.openClinic()}`;
    const page = await stage.openDevice(screen);
    await page.clock.install();
    await openSignedIn(stage.server, page, email, '/clientes/novo');
    await page.getByRole('textbox', { name: 'Nome', exact: true }).fill('Inês');
    // The page of a newer release starts with a script of another name.
    await page.route(/\/$/, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(
        /(<script type="module"[^>]*src="\/assets\/)[^"]+/,
        '$1index-later.js',
      );
      await route.fulfill({ contentType: 'text/html', body });
    });
    await page.clock.fastForward('31:00');
    await page.getByText('Há uma versão nova').waitFor();
    const update = page.getByRole('button', { name: 'Atualizar', exact: true });
    expect(await findByAxe(page)).toEqual([]);
    await update.click();
    await page.getByText('Há algo escrito e ainda não salvo nesta tela').waitFor();
    expect(await page.getByRole('textbox', { name: 'Nome', exact: true }).inputValue()).toBe('Inês');

    await page.getByRole('button', { name: 'Salvar' }).click();
    await card(page, 'Inês').waitFor();
    await page.unroute(/\/$/);
    await Promise.all([page.waitForEvent('load'), update.click()]);
    await card(page, 'Inês').waitFor();
    expect(await page.getByText('Há uma versão nova').count()).toBe(0);
  });
});
