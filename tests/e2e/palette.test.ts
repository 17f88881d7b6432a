import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Screen } from '../support/browser.ts';
import { expectSoon, openSignedIn, prepareStage, press, registerClients, screens } from './clinic.ts';
import { findByAxeInBothThemes } from './page-checks.ts';
import { card } from './locators.ts';

const stage = prepareStage();

const palette = (page: Page) => page.getByRole('dialog', { name: 'Buscar ou ir para' });
const field = (page: Page) => palette(page).getByRole('combobox', { name: 'Buscar ou ir para' });
const option = (page: Page, name: string | RegExp) => palette(page).getByRole('option', { name });
const path = (page: Page) => new URL(page.url()).pathname;

async function openHome(page: Page, person: 'ana' | 'bruno' | 'carla' = 'bruno', start = '/clientes') {
  const domain = await stage.openClinic();
  const bruno = await stage.server.signIn(`bruno@${domain}`);
  await registerClients(bruno, [
    { firstName: 'Conceição', lastName: 'Gonçalves', phone: '(11) 98765-4321' },
    { firstName: 'Ágata', lastName: 'Nóbrega', phone: '(21) 99876-5432', address: { city: 'Niterói', state: 'RJ' } },
    { firstName: 'Ana', lastName: 'Ximenes' },
  ]);
  await openSignedIn(stage.server, page, `${person}@${domain}`, start);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return domain;
}

/** Opens the palette by its button on a computer, and from the account's menu on a phone. */
async function openByHand(page: Page, screen: Screen): Promise<void> {
  if (screen === 'computer') await page.getByRole('button', { name: /^Ir para/ }).click();
  else {
    await page.getByRole('button', { name: /^Conta/ }).tap();
    await page.getByRole('menuitem', { name: 'Buscar ou ir para…' }).tap();
  }
  await expectSoon(() => field(page).evaluate((input) => input === document.activeElement)).toBe(true);
}

/** The option that `aria-activedescendant` names, which must be the selected one. */
const activeOption = (page: Page) =>
  field(page).evaluate((input) => {
    const active = document.getElementById(input.getAttribute('aria-activedescendant') ?? '');
    const selected = document.querySelectorAll('[role=option][aria-selected=true]');
    return selected.length === 1 && selected[0] === active ? active.querySelector('.palette-label')?.textContent : '';
  });

describe.each(screens)('on a %s', (screen) => {
  it('goes to a client, found while one types, and to pages', async () => {
    const page = await stage.openDevice(screen);
    await openHome(page, 'bruno', '/configuracoes');
    await openByHand(page, screen);
    expect(await findByAxeInBothThemes(page)).toEqual([]);
    await field(page).pressSequentially('agata nob');
    await option(page, /Ágata Nóbrega.*\(21\) 99876-5432 · Niterói/).waitFor();
    expect(await findByAxeInBothThemes(page)).toEqual([]);
    await press(screen, option(page, /Ágata/));
    await card(page, 'Ágata Nóbrega').waitFor();
    expect(await palette(page).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1, name: 'Clientes' }).waitFor();

    await openByHand(page, screen);
    await field(page).fill('dispositivos');
    await press(screen, option(page, 'Meus dispositivos'));
    await page.getByRole('heading', { level: 1, name: 'Meus dispositivos' }).waitFor();
  });

  it('offers to register whom it does not find', async () => {
    const page = await stage.openDevice(screen);
    await openHome(page);
    await openByHand(page, screen);
    await field(page).fill('Wanderléa Quixote');
    await press(screen, option(page, 'Cadastrar “Wanderléa Quixote”'));
    await page.getByRole('heading', { level: 1, name: 'Novo cliente' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Sobrenome' }).inputValue()).toBe('Quixote');
  });
});

describe('by keyboard alone', () => {
  it('opens and closes with Ctrl K, walks round, runs an action, and gives the focus back', async () => {
    const page = await stage.openDevice('computer');
    await openHome(page);
    const search = page.getByRole('searchbox', { name: 'Buscar clientes' });
    await search.focus();
    await page.keyboard.press('Control+k');
    await field(page).waitFor();
    await expectSoon(() => activeOption(page)).toBe('Novo cliente');
    await page.keyboard.press('ArrowUp');
    expect(await activeOption(page)).toBe('Ajuda');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await activeOption(page)).toBe('Agendar');
    await page.keyboard.press('Control+k');
    await palette(page).waitFor({ state: 'detached' });
    await expectSoon(() => search.evaluate((input) => input === document.activeElement)).toBe(true);

    await page.keyboard.press('Control+k');
    await page.keyboard.type('escuro');
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
    await page.keyboard.press('Enter');
    await palette(page).waitFor({ state: 'detached' });
    await page.locator(':root[data-scheme=dark]').waitFor();
    // A reload right now would cancel the request that saves the change.
    await saved;
    await page.reload();
    await page.locator(':root[data-scheme=dark]').waitFor();
    await search.waitFor();

    await page.keyboard.press('Meta+k');
    await field(page).waitFor();
    await page.keyboard.press('Escape');
    await palette(page).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('sair');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Boas-vindas' }).waitFor();
  });

  it('never goes to somebody of a moment before, however quick the typist and slow the answer', async () => {
    const page = await stage.openDevice('computer');
    await openHome(page);
    await page.getByRole('listitem', { name: 'Ana Ximenes' }).waitFor();
    const asked: string[] = [];
    await page.route(/\/api\/v1\/clients\?q=/, async (route) => {
      const q = new URL(route.request().url()).searchParams.get('q') ?? '';
      asked.push(q);
      // The first search is answered long after the second.
      if (q === 'ana') await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.continue();
    });
    await page.keyboard.press('Control+k');
    await field(page).pressSequentially('ana');
    await expectSoon(() => asked).toContain('ana');
    await field(page).fill('agata');
    await page.keyboard.press('Enter');
    await card(page, 'Ágata Nóbrega').waitFor();
    await page.waitForTimeout(2000);
    expect(await card(page, 'Ágata Nóbrega').count()).toBe(1);
    expect(await page.getByRole('dialog').count()).toBe(1);
  });

  it('goes from card to card, and Back to the list as it was', async () => {
    const page = await stage.openDevice('computer');
    await openHome(page, 'bruno', '/clientes?q=a');
    await page.getByRole('listitem', { name: 'Ana Ximenes' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('gonc');
    await page.keyboard.press('Enter');
    await card(page, 'Conceição Gonçalves').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('ximenes');
    await page.keyboard.press('Enter');
    await card(page, 'Ana Ximenes').waitFor();
    expect(await card(page, 'Conceição Gonçalves').count()).toBe(0);
    await page.goBack();
    await card(page, 'Conceição Gonçalves').waitFor();
    await page.keyboard.press('Escape');
    await expectSoon(() => page.url()).toMatch(/\/clientes\?q=a$/);
  });

  it('asks before unsaved words are left, and waits while a question is open', async () => {
    const page = await stage.openDevice('computer');
    await openHome(page, 'bruno', '/clientes/novo');
    await page.getByRole('textbox', { name: 'Nome', exact: true }).fill('Inês');
    await page.keyboard.press('Control+k');
    await field(page).fill('configurações');
    await page.keyboard.press('Enter');
    const question = page.getByRole('alertdialog', { name: 'Sair sem salvar?' });
    await question.waitFor();
    await page.keyboard.press('Control+k');
    await page.waitForTimeout(300);
    expect(await palette(page).count()).toBe(0);
    await question.getByRole('button', { name: 'Continuar editando' }).click();
    expect(path(page)).toBe('/clientes/novo');
    expect(await page.getByRole('textbox', { name: 'Nome', exact: true }).inputValue()).toBe('Inês');
  });

  it.each([
    ['ana', ['Importar clientes', 'Profissionais']],
    ['bruno', ['Importar clientes']],
    ['carla', []],
  ] as const)('offers %s the pages of her or his role', async (person, expected) => {
    const page = await stage.openDevice('computer');
    await openHome(page, person);
    await page.keyboard.press('Control+k');
    await option(page, 'Configurações').waitFor();
    const offered = (await palette(page).getByRole('option').allTextContents()).map((text) => text.trim());
    expect(offered.filter((text) => ['Importar clientes', 'Profissionais'].includes(text)).sort()).toEqual(expected);
  });
});
