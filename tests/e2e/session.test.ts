import type { Page, Request } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectSoon, findSearch, openSignedIn, prepareStage, press, receiveCode, screens, signIn } from './clinic.ts';

const stage = prepareStage();

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

/** Follows the files of the app that a page loads; `loaded` resolves when it has been still for half a second. */
function watchAssets(page: Page): { loaded(): Promise<void> } {
  const loading = new Set<Request>();
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/assets/')) loading.add(request);
  });
  const forget = (request: Request): void => void loading.delete(request);
  page.on('requestfinished', forget);
  page.on('requestfailed', forget);
  return {
    loaded: async () => {
      for (let still = 0; still < 10; still = loading.size === 0 ? still + 1 : 0) await page.waitForTimeout(50);
    },
  };
}

describe.each(screens)('on a %s', (screen) => {
  it('signs in with the mailed code, and a reload keeps the session', async () => {
    const email = `ana@${await stage.openClinic()}`;
    const page = await stage.openDevice(screen);
    await signIn(stage.server, page, email);
    await page.reload();
    await title(page, 'Clientes').waitFor();
    expect(new URL(page.url()).pathname).toBe('/clientes');
  });

  it('tells a wrong code and takes the right one', async () => {
    const email = `ana@${await stage.openClinic()}`;
    const page = await stage.openDevice(screen);
    await page.goto('/entrar');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    const code = await receiveCode(stage.server, email, () =>
      page.getByRole('button', { name: 'Receber código' }).click(),
    );
    const field = page.getByRole('textbox', { name: 'Código de acesso' });
    await field.fill(code === '000000' ? '111111' : '000000');
    await page.getByRole('alert').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const selected = () => field.evaluate((element) => (element as HTMLInputElement).selectionEnd);
    const start = () => field.evaluate((element) => (element as HTMLInputElement).selectionStart);
    await expectSoon(async () => [await start(), await selected()]).toEqual([0, 6]);
    // A complete code is sent by itself, but there is time to press the button first.
    await field.fill(code);
    await page.getByRole('button', { name: 'Entrar', exact: true }).click();
    await title(page, 'Clientes').waitFor();
  });

  it('tells who may ask for no more codes when to come back, and takes the one that has arrived', async () => {
    const email = `ana@${await stage.openClinic()}`;
    const code = await stage.server.fetchCode(email);
    const page = await stage.openDevice(screen);
    await page.route('**/api/v1/auth/codes', (route) =>
      route.fulfill({
        status: 429,
        headers: { 'content-type': 'application/problem+json', 'retry-after': '3000' },
        body: JSON.stringify({
          status: 429,
          code: 'too_many_requests',
          detail: 'Muitas tentativas. Tente de novo em 50 minutos.',
        }),
      }),
    );
    await page.goto('/entrar');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await page.getByRole('button', { name: 'Receber código' }).click();
    await page.getByText('Tente de novo em 50 minutos').waitFor();
    await page.getByRole('button', { name: 'Usar o código que já chegou' }).click();
    await page.getByRole('textbox', { name: 'Código de acesso' }).fill(code);
    await title(page, 'Clientes').waitFor();
  });

  it('notices on coming online that the session was ended elsewhere', async () => {
    const email = `ana@${await stage.openClinic()}`;
    const page = await stage.openDevice(screen);
    const assets = watchAssets(page);
    await signIn(stage.server, page, email);
    // A browser does not ask again for a part of the app that it could not load: then the page reloads once it is online.
    await assets.loaded();
    await page.context().setOffline(true);
    const other = await stage.server.signIn(email);
    const { body } = await other.api('GET /auth/sessions');
    const theirs = body.items.find(({ current }) => !current);
    await other.api('DELETE /auth/sessions/{id}', { params: { id: theirs?.id ?? '' } });
    await page.context().setOffline(false);
    await page.getByRole('alertdialog', { name: 'Sessão expirada' }).waitFor();
  });

  it('lets the button be pressed while a complete code is already on its way, and enters once', async () => {
    const email = `ana@${await stage.openClinic()}`;
    const page = await stage.openDevice(screen);
    let asked = 0;
    await page.route('**/auth/sessions', async (route) => {
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await route.continue();
    });
    await page.goto('/entrar');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    const code = await receiveCode(stage.server, email, () =>
      page.getByRole('button', { name: 'Receber código' }).click(),
    );
    await page.getByRole('textbox', { name: 'Código de acesso' }).fill(code);
    await expectSoon(() => asked).toBe(1);
    await press(screen, page.getByRole('button', { name: 'Entrar', exact: true }));
    await title(page, 'Clientes').waitFor();
    expect(asked).toBe(1);
  });

  it('keeps the ways on from the code a thumb apart', async () => {
    const email = `ana@${await stage.openClinic()}`;
    const page = await stage.openDevice(screen);
    await page.goto('/entrar');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await page.getByRole('button', { name: 'Receber código' }).click();
    const measureButton = async (name: RegExp) => {
      const box = await page.getByRole('button', { name }).boundingBox();
      return box ?? { x: 0, y: 0, width: 0, height: 0 };
    };
    const [resend, other] = [await measureButton(/^Reenviar/), await measureButton(/^Usar outro/)];
    expect(resend.height).toBeGreaterThanOrEqual(44);
    expect(resend.x + resend.width <= other.x || resend.y + resend.height <= other.y).toBe(true);
  });

  it('keeps two devices at once; the third ends the first, who sees why', async () => {
    const email = `ana@${await stage.openClinic()}`;
    const [first, second, third] = [
      await stage.openDevice(screen),
      await stage.openDevice(screen),
      await stage.openDevice(screen),
    ];
    await signIn(stage.server, first, email);
    await signIn(stage.server, second, email);
    await findSearch(first).fill('a');
    await first.getByRole('heading', { name: /Nenhum cliente com “a”/ }).waitFor();
    await signIn(stage.server, third, email);
    await third.getByText(/Desconectamos .*o limite é de 2 aparelhos/).waitFor();

    await findSearch(first).fill('b');
    const notice = first.getByRole('alertdialog', { name: 'Sessão expirada' });
    await notice.getByText(/alcançou o limite de aparelhos/).waitFor();
    await findSearch(second).fill('b');
    await second.getByRole('heading', { name: /Nenhum cliente com “b”/ }).waitFor();

    await first.reload();
    await first
      .getByRole('status')
      .getByText(/alcançou o limite de aparelhos/)
      .waitFor();
  });

  it('asks to sign in again while typing, and nothing typed is lost', async () => {
    const email = `bruno@${await stage.openClinic()}`;
    const page = await stage.openDevice(screen);
    await openSignedIn(stage.server, page, email, '/clientes/novo');
    await page.getByRole('textbox', { name: 'Nome', exact: true }).fill('Inês');
    await page.getByRole('textbox', { name: 'Sobrenome' }).fill('Quitéria');
    await page.getByRole('textbox', { name: 'Telefone' }).fill('11987654321');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Salvar' }).click();

    const notice = page.getByRole('alertdialog', { name: 'Sessão expirada' });
    const code = await receiveCode(stage.server, email, () =>
      notice.getByRole('button', { name: 'Receber código' }).click(),
    );
    await notice.getByRole('textbox', { name: 'Código de acesso' }).fill(code);
    await page.getByRole('dialog', { name: 'Inês Quitéria' }).waitFor();
    const bruno = await stage.server.signIn(email);
    const { body } = await bruno.api('GET /clients');
    expect(body.items.map(({ firstName, phone }) => [firstName, phone])).toEqual([['Inês', '+5511987654321']]);
  });

  it('brings back what was typed after a reload', async () => {
    const email = `bruno@${await stage.openClinic()}`;
    const page = await stage.openDevice(screen);
    await openSignedIn(stage.server, page, email, '/clientes/novo');
    const name = page.getByRole('textbox', { name: 'Nome', exact: true });
    await name.fill('Inês');
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await page.getByText('Recuperamos o que você tinha escrito').waitFor();
    expect(await name.inputValue()).toBe('Inês');
  });

  it('signs out, also from a form, and leaves nothing personal behind', async () => {
    const email = `bruno@${await stage.openClinic()}`;
    const page = await stage.openDevice(screen);
    await signIn(stage.server, page, email);
    await page.getByRole('link', { name: 'Novo cliente' }).click();
    await page.getByRole('textbox', { name: 'Nome', exact: true }).fill('Segredo');
    await page.getByRole('button', { name: /^Conta/ }).click();
    await page.getByRole('menuitem', { name: 'Sair' }).click();
    const entrance = title(page, 'Boas-vindas');
    await entrance.waitFor();

    expect(await page.evaluate(readStorage)).toEqual({
      local: ['acolhe.device'],
      session: '',
      databases: 0,
      caches: 0,
    });
    const cookies = await page.context().cookies();
    expect(cookies.filter(({ name }) => /access|refresh/.test(name))).toEqual([]);
    await page.goBack().catch(() => null);
    await page.goto('/clientes');
    await entrance.waitFor();
  });
});

/** What the browser stores for this site. */
async function readStorage() {
  return {
    local: Object.keys(localStorage).filter((key) => !['acolhe.appearance', 'acolhe.passkey-offer'].includes(key)),
    session: Object.entries(sessionStorage)
      .map(([key, value]) => `${key}: ${String(value)}`)
      .join('\n'),
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
  };
}
