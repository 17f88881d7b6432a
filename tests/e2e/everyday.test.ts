import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { importFile } from '../support/import-file.ts';
import {
  expectFocusInside,
  expectSoon,
  findSearch,
  openSignedIn,
  prepareStage,
  press,
  registerClients,
  screens,
} from './clinic.ts';
import { findByAxe } from './page-checks.ts';
import { card, row } from './locators.ts';

const stage = prepareStage();

const palette = (page: Page) => page.getByRole('dialog', { name: 'Buscar ou ir para' });

/** More than the first page of the list has. */
const count = 90;
const nameOf = (index: number): string => `Cliente ${String(index).padStart(3, '0')}`;

/** A clinic with more clients than a page of the list has, who live in Santos and Itu by turns. */
async function openList(page: Page) {
  const domain = await stage.openClinic();
  const email = `bruno@${domain}`;
  const bruno = await stage.server.signIn(email);
  const rows = Array.from({ length: count }, (_, index) => `${nameOf(index)};${index % 2 === 0 ? 'Santos' : 'Itu'}`);
  await importFile(bruno, ['nome;cidade', ...rows].join('\n'));
  const [id = ''] = await registerClients(bruno, [
    { firstName: 'Abel', lastName: 'Lima', document: '52998224725', phone: '11987654321', email: 'flor@exemplo.com' },
  ]);
  await openSignedIn(stage.server, page, email);
  await row(page, 'Abel Lima').waitFor();
  return { ana: () => stage.server.signIn(`ana@${domain}`), id };
}

describe.each(screens)('on a %s', (screen) => {
  it('says why a row was found, copies a value, and offers who was seen in list and palette', async () => {
    const page = await stage.openDevice(screen, { permissions: ['clipboard-read', 'clipboard-write'] });
    await openList(page);
    await findSearch(page).fill('santos');
    await row(page, nameOf(0)).locator('mark').getByText('Santos').waitFor();
    await findSearch(page).fill('529.982');
    await row(page, 'Abel Lima').getByText('529.982.247-25').waitFor();
    await findSearch(page).fill('flor@');
    await row(page, 'Abel Lima').getByText('flor@exemplo.com').waitFor();
    await findSearch(page).fill('');
    await press(screen, page.getByRole('link', { name: 'Abel Lima' }));
    const dialog = card(page, 'Abel Lima');
    await press(screen, dialog.getByRole('button', { name: 'Copiar Telefone' }));
    await page.getByText('Telefone: copiado.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('(11) 98765-4321');
    expect(await findByAxe(page)).toEqual([]);
    await press(screen, dialog.getByRole('button', { name: 'Fechar' }));

    const seen = page.getByRole('group', { name: 'Vistos há pouco' });
    await seen.getByRole('button', { name: 'Abel Lima' }).waitFor();
    expect(await findByAxe(page)).toEqual([]);
    await press(screen, seen.getByRole('button', { name: 'Abel Lima' }));
    await dialog.waitFor();
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await palette(page)
      .getByRole('option', { name: /^Abel Lima/ })
      .click();
    await dialog.waitFor();
  });

  it('undoes a filter with Back, and returns to the same row after a reload, with a true count', async () => {
    const page = await stage.openDevice(screen);
    const { ana, id } = await openList(page);
    await page.getByText('91 clientes', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Filtros' }).click();
    await page.getByRole('combobox', { name: 'Cidade' }).fill('Itu');
    await page.getByText('45 clientes', { exact: true }).waitFor();
    await page.goBack();
    await page.getByText('91 clientes', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Filtros' }).click();

    const isInSight = (name: string) =>
      row(page, name).evaluateAll((rows) =>
        rows.some((each) => {
          const { top, bottom } = each.getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight;
        }),
      );
    // To the end, beyond which no slow machine scrolls.
    await expectSoon(async () => {
      await page.evaluate(() => {
        scrollTo(0, document.documentElement.scrollHeight);
      });
      return isInSight(nameOf(count - 1));
    }).toBe(true);
    // The row after the first one in sight, which may be seen in part. Abel Lima is ahead of the numbered ones.
    const findNoted = async () => {
      const place = await page.evaluate(() => sessionStorage.getItem('acolhe.list-place'));
      return nameOf((JSON.parse(place ?? '{"index":0}') as { readonly index: number }).index);
    };
    await expectSoon(async () => isInSight(await findNoted())).toBe(true);
    const noted = await findNoted();
    await page.reload();
    await expectSoon(() => isInSight(noted)).toBe(true);
    expect(await page.evaluate(() => sessionStorage.getItem('acolhe.list-place'))).not.toContain('Cliente');

    const colleague = await ana();
    await colleague.api('DELETE /clients/{id}', { params: { id }, headers: { 'if-match': '"1"' } });
    await page.getByText('90 clientes', { exact: true }).waitFor();
  });
});

describe.each(screens)('on a %s, what the law and people ask for', (screen) => {
  it('hands over the person’s data, and shows what anonymising would do before it is done', async () => {
    const page = await stage.openDevice(screen);
    const domain = await stage.openClinic();
    const [id = ''] = await registerClients(await stage.server.signIn(`bruno@${domain}`), [{ firstName: 'Abel' }]);
    await openSignedIn(stage.server, page, `ana@${domain}`, `/clientes/${id}`);
    const dialog = card(page, 'Abel');
    await press(screen, dialog.getByRole('button', { name: 'Mais ações' }));
    const saved = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Baixar os dados em JSON' }).click();
    expect((await saved).suggestedFilename()).toBe('dados-do-cliente.json');
    await press(screen, dialog.getByRole('button', { name: 'Mais ações' }));
    await page.getByRole('menuitem', { name: 'Tornar anônimo…' }).click();
    const question = page.getByRole('dialog', { name: 'Tornar anônimo o cadastro de Abel?' });
    await question.getByRole('heading', { name: 'O que precisa ser guardado' }).waitFor();
    expect(await question.getByRole('button', { name: 'Tornar anônimo' }).isDisabled()).toBe(true);
    expect(await findByAxe(page)).toEqual([]);
    await question.getByRole('button', { name: 'Voltar' }).click();
    await expectFocusInside(page, dialog);
  });

  it('changes one’s own name', async () => {
    const page = await stage.openDevice(screen);
    const domain = await stage.openClinic();
    await openSignedIn(stage.server, page, `carla@${domain}`, '/configuracoes');
    await press(screen, page.getByRole('button', { name: 'Alterar meus dados' }));
    await page.getByRole('textbox', { name: 'Sobrenome' }).fill('Dias');
    await page.getByRole('button', { name: 'Salvar' }).click();
    await page.getByRole('heading', { name: 'Carla Dias' }).waitFor();
    await expectFocusInside(page);
    expect(await findByAxe(page)).toEqual([]);
  });
});

it('shows the keys for “?”, and prints the card alone', async () => {
  const page = await stage.openDevice('computer');
  const { id } = await openList(page);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Atalhos do teclado' });
  await help.getByText('Ir para a busca').waitFor();
  expect(await findByAxe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  await expectFocusInside(page);
  await findSearch(page).fill('?');
  expect(await help.count()).toBe(0);

  await page.goto(`/clientes/${id}`);
  const dialog = card(page, 'Abel Lima');
  await dialog.getByText('529.982.247-25').waitFor();
  await page.evaluate(() => {
    window.print = () => {
      document.title = 'printed';
    };
  });
  await dialog.getByRole('button', { name: 'Mais ações' }).click();
  await page.getByRole('menuitem', { name: 'Imprimir' }).click();
  expect(await page.title()).toBe('printed');
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByText('529.982.247-25').isVisible()).toBe(true);
  expect(await dialog.getByRole('button').count()).toBe(0);
  expect(await page.locator('#root').isVisible()).toBe(false);
});

it('prints a card that stands beside the list, whole on one sheet and in dark ink', async () => {
  const page = await stage.openDevice('computer', { colorScheme: 'dark' });
  const { id } = await openList(page);
  await page.goto(`/clientes/${id}`);
  const dialog = card(page, 'Abel Lima');
  await dialog.getByText('529.982.247-25').waitFor();
  const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g);
  expect(sheets).toHaveLength(1);
  expect(await page.evaluate(() => document.documentElement.style.paddingRight)).toBe('');
  const name = dialog.getByRole('heading', { name: 'Abel Lima' });
  const readInk = () => name.evaluate((element) => getComputedStyle(element).color);
  expect(await readInk()).toBe('rgb(244, 241, 234)');
  await page.emulateMedia({ media: 'print' });
  expect(await readInk()).toBe('rgb(28, 26, 23)');
});

it('“Mais” on a phone has every place that is not in the bar', async () => {
  const page = await stage.openDevice('phone');
  await openSignedIn(stage.server, page, `ana@${await stage.openClinic()}`);
  await page.getByRole('navigation').getByRole('button', { name: 'Mais' }).tap();
  const items = page.getByRole('menu', { name: 'Mais páginas' }).getByRole('menuitem');
  await items.first().waitFor();
  expect(await items.allInnerTexts()).toEqual([
    'Profissionais',
    'Configurações',
    'Coberturas',
    'Importar clientes',
    'Auditoria',
    'LGPD',
    'Meus dispositivos',
    'Ajuda',
  ]);
  await items.filter({ hasText: 'Ajuda' }).tap();
  await page.getByRole('heading', { level: 1, name: 'Ajuda' }).waitFor();
  await page.getByRole('button', { name: 'Conta' }).tap();
  const account = page.getByRole('menu', { name: 'Conta' });
  await account.getByRole('menuitem', { name: 'Sair' }).waitFor();
  await account.getByRole('menuitem', { name: 'Meus dispositivos' }).tap();
  await page.getByRole('heading', { level: 1, name: 'Meus dispositivos' }).waitFor();
});

it('rows that are marked keep away from the edge of the card beside the list', async () => {
  const page = await stage.openDevice('computer');
  const email = `bruno@${await stage.openClinic()}`;
  await registerClients(await stage.server.signIn(email), [{ firstName: 'Rosa' }, { firstName: 'Bento' }]);
  await openSignedIn(stage.server, page, email);
  await page.getByRole('link', { name: 'Rosa' }).click();
  const card = page.getByRole('dialog', { name: 'Rosa' });
  await card.waitFor();
  const row = await page.locator('.client-row[data-open]').boundingBox();
  const edge = await card.boundingBox();
  expect((edge?.x ?? 0) - (row?.x ?? 0) - (row?.width ?? 0)).toBeGreaterThanOrEqual(10);
});
