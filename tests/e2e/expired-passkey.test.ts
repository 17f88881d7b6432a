import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openSignedIn, prepareStage, registerClients, screens } from './clinic.ts';
import { openPasskeyDevice } from './passkey-device.ts';
import { findByAxe } from './page-checks.ts';

const stage = prepareStage();

const expired = (page: Page) => page.getByRole('alertdialog', { name: 'Sessão expirada' });
const byPasskey = (page: Page) => expired(page).getByRole('button', { name: 'Entrar com chave de acesso' });
const name = (page: Page) => page.getByRole('textbox', { name: 'Nome', exact: true });

async function addPasskey(page: Page, email: string): Promise<void> {
  await openSignedIn(stage.server, page, email, '/configuracoes/chaves-de-acesso');
  await page.getByRole('button', { name: 'Criar chave de acesso' }).click();
  await page.getByRole('textbox', { name: 'Nome da chave' }).press('Enter');
  await page.getByText('ainda não usada').waitFor();
}

/** Starts a new client, and ends the session before it is saved. */
async function expireWhileTyping(page: Page): Promise<void> {
  const known = page.waitForResponse(/\/api\/v1\/auth\/passkeys$/);
  await page.goto('/clientes/novo');
  await name(page).fill('Inês');
  await known;
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Salvar' }).click();
  await expired(page).waitFor();
}

describe.each(screens)('on a %s', (screen) => {
  it('who has a passkey goes on with it where the session expired', async () => {
    const email = `bruno@${await stage.openClinic()}`;
    const page = await openPasskeyDevice(stage, screen);
    await addPasskey(page, email);
    await expireWhileTyping(page);
    await byPasskey(page).waitFor();
    expect(await findByAxe(page)).toEqual([]);
    await byPasskey(page).click();
    await page.getByRole('dialog', { name: 'Inês', exact: true }).waitFor();
    const bruno = await stage.server.signIn(email);
    expect((await bruno.api('GET /clients')).body.items.map(({ firstName }) => firstName)).toEqual(['Inês']);
  });

  it('who has none is offered none', async () => {
    const page = await openPasskeyDevice(stage, screen);
    await openSignedIn(stage.server, page, `bruno@${await stage.openClinic()}`);
    await expireWhileTyping(page);
    await expired(page).getByRole('button', { name: 'Receber código' }).waitFor();
    expect(await byPasskey(page).count()).toBe(0);
  });
});

it('somebody else’s passkey sends nothing of the page', async () => {
  const domain = await stage.openClinic();
  const page = await openPasskeyDevice(stage, 'computer');
  await addPasskey(page, `bruno@${domain}`);
  await openSignedIn(stage.server, page, `ana@${domain}`, '/configuracoes/chaves-de-acesso');
  await page.getByRole('heading', { name: 'Nenhuma chave de acesso ainda' }).waitFor();
  // Ana has a passkey on another device; this browser has only Bruno's.
  await page.route(/\/api\/v1\/auth\/passkeys$/, (route) =>
    route.fulfill({
      json: {
        items: [{ id: crypto.randomUUID(), name: 'Celular', createdAt: new Date().toISOString(), lastUsedAt: null }],
      },
    }),
  );
  const ana = await stage.server.signIn(`ana@${domain}`);
  await registerClients(ana, [{ firstName: 'Segredo' }]);
  page.on('dialog', (dialog) => void dialog.accept());
  await expireWhileTyping(page);
  await byPasskey(page).click();
  await page.getByRole('heading', { level: 1, name: 'Clientes' }).waitFor();
  await page.getByRole('button', { name: /Conta: Bruno/ }).waitFor();
  const items = (await ana.api('GET /clients')).body.items;
  expect(items.map(({ firstName }) => firstName)).toEqual(['Segredo']);
});
