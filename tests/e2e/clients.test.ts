import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { sql } from '../../src/server/db/sql.ts';
import { expectSoon, findSearch, openSignedIn, prepareStage, press, registerClients, screens } from './clinic.ts';
import { card, row } from './locators.ts';

const stage = prepareStage();

const path = (page: Page) => new URL(page.url()).pathname;

/** Opens Bruno's list with three clients. */
async function openList(page: Page) {
  const email = `bruno@${await stage.openClinic()}`;
  const bruno = await stage.server.signIn(email);
  const ids = await registerClients(bruno, [
    { firstName: 'Conceição', lastName: 'Gonçalves', phone: '(11) 98765-4321' },
    { firstName: 'Ágata', lastName: 'Nóbrega', phone: '(21) 99876-5432', address: { city: 'Niterói', state: 'RJ' } },
    { firstName: 'Zeca', lastName: 'Pagodinho' },
  ]);
  await openSignedIn(stage.server, page, email);
  await row(page, 'Ágata Nóbrega').waitFor();
  return { bruno, ids };
}

describe.each(screens)('on a %s', (screen) => {
  it('finds while one types: accents, a slip, parts of a phone; Back returns to the search', async () => {
    const page = await stage.openDevice(screen);
    await openList(page);
    for (const words of ['agata', 'ÁGATA nob', '99876', 'nobrega agata', 'agatta']) {
      await findSearch(page).fill('');
      await row(page, 'Zeca Pagodinho').waitFor();
      await findSearch(page).pressSequentially(words);
      await row(page, 'Ágata Nóbrega').waitFor();
      await expectSoon(() => page.getByRole('listitem', { name: /.+ .+/ }).count()).toBe(1);
    }
    await findSearch(page).fill('goncalvez');
    await row(page, 'Conceição Gonçalves').getByRole('link', { name: 'Conceição Gonçalves' }).click();
    await card(page, 'Conceição Gonçalves').waitFor();
    await page.goBack();
    await card(page, 'Conceição Gonçalves').waitFor({ state: 'detached' });
    expect(await findSearch(page).inputValue()).toBe('goncalvez');
    await findSearch(page).fill('zzqx');
    await page.getByRole('heading', { name: 'Nenhum cliente com “zzqx”' }).waitFor();
  });

  it('opens the card and closes it by button, Esc, Back and a tap outside; focus returns to the row', async () => {
    const page = await stage.openDevice(screen);
    await openList(page);
    const link = row(page, 'Zeca Pagodinho').getByRole('link', { name: 'Zeca Pagodinho' });
    const dialog = card(page, 'Zeca Pagodinho');
    const ways: (() => Promise<unknown>)[] = [
      () => press(screen, dialog.getByRole('button', { name: 'Fechar' })),
      () => page.keyboard.press('Escape'),
      () => page.goBack(),
    ];
    // On a phone the card fills the page, so there is nothing outside it to tap.
    if (screen === 'computer') ways.push(() => page.mouse.click(200, 450));
    for (const close of ways) {
      await press(screen, link);
      await dialog.waitFor();
      expect(path(page)).toMatch(/^\/clientes\/[0-9a-f-]{36}$/);
      await expectSoon(() => page.title()).toBe('Zeca Pagodinho · Acolhe');
      await close();
      await dialog.waitFor({ state: 'detached' });
      await expectSoon(() => path(page)).toBe('/clientes');
      await expectSoon(() => page.title()).toBe('Clientes · Acolhe');
      await expectSoon(() => link.evaluate((element) => element === document.activeElement)).toBe(true);
    }
  });

  it('closes the card once for a double tap and for Esc pressed twice: the list stays', async () => {
    const page = await stage.openDevice(screen);
    await openList(page);
    const link = row(page, 'Zeca Pagodinho').getByRole('link', { name: 'Zeca Pagodinho' });
    const dialog = card(page, 'Zeca Pagodinho');
    // Both events come before the browser has gone back for the first one.
    const ways: (() => Promise<unknown>)[] = [
      () =>
        dialog.getByRole('button', { name: 'Fechar' }).evaluate((button: HTMLElement) => {
          button.click();
          button.click();
        }),
      () =>
        page.evaluate(() => {
          for (const key of ['Escape', 'Escape'])
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        }),
    ];
    for (const close of ways) {
      await press(screen, link);
      await dialog.waitFor();
      await close();
      await dialog.waitFor({ state: 'detached' });
      await row(page, 'Zeca Pagodinho').waitFor();
      expect(path(page)).toBe('/clientes');
    }
    // Afterwards the card opens and closes as before.
    await press(screen, link);
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(path(page)).toBe('/clientes');
  });

  it('opens a card from a shared link, and closing leads to the list', async () => {
    const page = await stage.openDevice(screen);
    const { ids } = await openList(page);
    await page.goto(`/clientes/${ids[1] ?? ''}`);
    const dialog = card(page, 'Ágata Nóbrega');
    await dialog.waitFor();
    expect(await dialog.getByRole('link', { name: 'WhatsApp', exact: true }).getAttribute('href')).toBe(
      'https://wa.me/5521998765432',
    );
    expect(await dialog.getByRole('link', { name: 'Ligar', exact: true }).getAttribute('href')).toBe(
      'tel:+5521998765432',
    );
    await page.keyboard.press('Escape');
    await row(page, 'Ágata Nóbrega').waitFor();
    await page.goto('/clientes/01a20b34-e484-7343-9427-40cb11c9cbf2');
    await page.getByRole('dialog').getByRole('heading', { name: 'Cadastro não encontrado' }).waitFor();
  });

  it('leads back from an address without a client', async () => {
    const page = await stage.openDevice(screen);
    await openList(page);
    for (const address of [
      '/clientes/0198c2ad-0000-7000-8000-000000000000',
      '/clientes/nada',
      '/clientes/nada/editar',
    ]) {
      await page.goto(address);
      await page.getByRole('heading', { name: 'Cadastro não encontrado' }).waitFor();
      await press(screen, page.getByRole('link', { name: 'Ir para os clientes' }));
      await row(page, 'Zeca Pagodinho').waitFor();
      expect(path(page)).toBe('/clientes');
    }
  });

  it('corrects one field in its place, and says what is wrong with it', async () => {
    const page = await stage.openDevice(screen);
    const { bruno, ids } = await openList(page);
    await press(screen, row(page, 'Zeca Pagodinho').getByRole('link', { name: 'Zeca Pagodinho' }));
    const dialog = card(page, 'Zeca Pagodinho');
    await dialog.getByRole('button', { name: 'Incluir Telefone' }).click();
    const phone = dialog.getByRole('textbox', { name: 'Telefone' });
    await phone.fill('1234');
    await dialog.getByRole('button', { name: 'Salvar' }).click();
    await dialog.getByRole('alert').waitFor();
    await expectSoon(() => phone.evaluate((element) => element === document.activeElement)).toBe(true);
    await phone.fill('(21) 99999-8888');
    await dialog.getByRole('button', { name: 'Salvar' }).click();
    await dialog.getByRole('button', { name: 'Alterar Telefone' }).waitFor();
    expect((await bruno.api('GET /clients/{id}', { params: { id: ids[2] ?? '' } })).body.phone).toBe('+5521999998888');
  });

  it('archives a client and takes it back', async () => {
    const page = await stage.openDevice(screen);
    const { bruno, ids } = await openList(page);
    await press(screen, row(page, 'Zeca Pagodinho').getByRole('link', { name: 'Zeca Pagodinho' }));
    await press(screen, card(page, 'Zeca Pagodinho').getByRole('button', { name: 'Mais ações' }));
    await press(screen, page.getByRole('menuitem', { name: 'Arquivar' }));
    await row(page, 'Zeca Pagodinho').waitFor({ state: 'detached' });
    const params = { id: ids[2] ?? '' };
    await page.getByText('Cadastro de Zeca Pagodinho arquivado.').waitFor();
    expect((await bruno.api('GET /clients/{id}', { params })).body.archivedAt).not.toBeNull();
    await page.getByRole('button', { name: 'Desfazer' }).click();
    await row(page, 'Zeca Pagodinho').waitFor();
    expect((await bruno.api('GET /clients/{id}', { params })).body.archivedAt).toBeNull();
  });
});

it('shows whole names on the narrowest phone', async () => {
  const page = await stage.openDevice('phone', { viewport: { width: 320, height: 640 } });
  const email = `bruno@${await stage.openClinic()}`;
  const names = ['Ana-Lúcia Conceição dos Prazeres', 'Maria Aparecida Gonçalves'];
  await registerClients(
    await stage.server.signIn(email),
    names.map((firstName) => ({ firstName, phone: '(11) 98765-4321', allowSharedPhone: true })),
  );
  await openSignedIn(stage.server, page, email);
  for (const name of names) {
    const link = row(page, name).getByRole('link', { name, exact: true });
    expect(await link.evaluate((shown) => [shown.scrollWidth, shown.scrollHeight])).toEqual(
      await link.evaluate((shown) => [shown.clientWidth, shown.clientHeight]),
    );
  }
});

it('keeps a name on one line on a tablet, with what the row warns of below it', async () => {
  const page = await stage.openDevice('computer', { viewport: { width: 820, height: 1180 }, hasTouch: true });
  const email = `bruno@${await stage.openClinic()}`;
  await registerClients(await stage.server.signIn(email), [
    { firstName: 'Álvaro', lastName: 'Fagundes', phone: '21900092347', tags: ['anticoagulante', 'pé de risco'] },
  ]);
  await openSignedIn(stage.server, page, email);
  const found = row(page, 'Álvaro Fagundes');
  await found.getByRole('img', { name: 'Atenção: anticoagulante' }).waitFor();
  await found.getByText('(21) 90009-2347').waitFor();
  const link = found.getByRole('link', { name: 'Álvaro Fagundes' });
  const lines = await link.evaluate((name) => name.clientHeight / Number.parseFloat(getComputedStyle(name).lineHeight));
  expect(Math.round(lines)).toBe(1);
});

it('has every way to reach a client large enough for a thumb, and each once', async () => {
  const page = await stage.openDevice('phone');
  const email = `bruno@${await stage.openClinic()}`;
  const [id = ''] = await registerClients(await stage.server.signIn(email), [
    {
      firstName: 'Zeca',
      phone: '(11) 98765-4321',
      email: 'zeca@exemplo.test',
      address: { street: 'Rua Direita', number: '1', city: 'Santos', state: 'SP' },
      guardian: { name: 'Rita', phone: '(11) 97777-1111', document: null },
    },
  ]);
  await openSignedIn(stage.server, page, email, `/clientes/${id}`);
  const dialog = card(page, 'Zeca');
  const ways = ['WhatsApp', 'Ligar', '(11) 97777-1111', 'Agendar', 'E-mail', 'Editar', 'Mapa', 'Copiar Endereço'];
  await dialog.getByRole('link', { name: 'Ligar', exact: true }).waitFor();
  expect(await dialog.getByRole('link', { name: '(11) 97777-1111', exact: true }).getAttribute('href')).toBe(
    'tel:+5511977771111',
  );
  await dialog.getByRole('tab', { name: 'Dados' }).tap();
  await dialog.getByRole('link', { name: 'Mapa' }).waitFor();
  expect(await dialog.getByText('Rua Direita, 1').textContent()).toBe('Rua Direita, 1\nSantos, SP');
  for (const name of ways) {
    await dialog.getByRole('tab', { name: name.startsWith('(') ? 'Resumo' : 'Dados' }).tap();
    const way = dialog
      .locator('a, button')
      .and(dialog.getByRole(/Agendar|Copiar/.test(name) ? 'button' : 'link', { name, exact: true }));
    expect([name, await way.count()]).toEqual([name, 1]);
    const { width = 0, height = 0 } = (await way.boundingBox()) ?? {};
    expect([name, Math.min(width, height) >= 44]).toEqual([name, true]);
  }
});

it('takes filters away with a thumb', async () => {
  const page = await stage.openDevice('phone');
  const email = `bruno@${await stage.openClinic()}`;
  await registerClients(await stage.server.signIn(email), [{ firstName: 'Zeca', address: { city: 'Santos' } }]);
  await openSignedIn(stage.server, page, email, '/clientes?city=Santos&status=archived');
  const chip = page.getByRole('button', { name: 'Tirar o filtro Santos' });
  expect((await chip.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await chip.tap();
  await page.waitForURL((url) => !url.searchParams.has('city'));
});

it('stands beside the list on a wide screen: J, K and arrows go through the clients, and the list stays in use', async () => {
  const page = await stage.openDevice('computer');
  await openList(page);
  const shown = ['Ágata Nóbrega', 'Conceição Gonçalves', 'Zeca Pagodinho'] as const;
  const isFocused = (name: string) =>
    row(page, name)
      .getByRole('link', { name })
      .evaluate((link) => link === document.activeElement);
  await row(page, shown[0]).getByRole('link', { name: shown[0] }).click();
  await card(page, shown[0]).waitFor();
  expect(await card(page, shown[0]).getAttribute('aria-modal')).toBe(null);
  for (const [key, name] of [
    ['j', shown[1]],
    ['ArrowDown', shown[2]],
    ['j', shown[2]],
    ['k', shown[1]],
  ] as const) {
    await page.keyboard.press(key);
    await card(page, name).waitFor();
  }
  await card(page, shown[1]).getByRole('status').getByText(shown[1]).waitFor({ state: 'attached' });
  // From the list, whose rows take the focus along.
  await row(page, shown[0]).getByRole('link', { name: shown[0] }).click();
  await card(page, shown[0]).getByRole('tab').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await card(page, shown[1]).getByRole('tab').first().waitFor();
  expect(await isFocused(shown[1])).toBe(true);
  expect(await row(page, shown[1]).getByRole('link', { name: shown[1] }).getAttribute('aria-current')).toBe('page');
  // However many were shown, going back leaves the card.
  await page.goBack();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(path(page)).toBe('/clientes');
  expect(await isFocused(shown[1])).toBe(true);
});

it('sorts by the heads of its columns, and keeps the chosen density on the device', async () => {
  const page = await stage.openDevice('computer');
  await openList(page);
  const heads = page.getByRole('group', { name: 'Ordenar por' });
  const first = () => page.locator('[data-index="0"]').getAttribute('aria-label');
  await heads.getByRole('button', { name: 'Alterado em' }).click();
  await expectSoon(first).toBe('Zeca Pagodinho');
  await heads.getByRole('button', { name: 'Nome' }).click();
  await expectSoon(first).toBe('Ágata Nóbrega');
  await heads.getByRole('button', { name: 'Nome crescente' }).click();
  await expectSoon(first).toBe('Zeca Pagodinho');
  expect(new URL(page.url()).searchParams.get('sort')).toBe('-name');
  await heads.getByRole('button', { name: 'Nome decrescente' }).click();
  await expectSoon(first).toBe('Ágata Nóbrega');
  const height = () => page.locator('[data-index="0"]').evaluate((each) => each.getBoundingClientRect().height);
  const before = await height();
  await page.getByRole('button', { name: 'Linhas mais juntas' }).click();
  await expectSoon(async () => (await height()) < before).toBe(true);
  await page.reload();
  await row(page, 'Ágata Nóbrega').waitFor();
  expect(await page.getByRole('button', { name: 'Linhas mais juntas' }).getAttribute('aria-pressed')).toBe('true');
});

/** Opens Bruno's list with so many clients. Only the last one in the alphabet has its city, state and tag. */
async function openLongList(page: Page, count: number) {
  const email = `bruno@${await stage.openClinic()}`;
  await stage.server.db.system((tx) =>
    tx.run(
      sql`insert into clients (clinic_id, professional_id, first_name, city, state, tags)
        select clinic_id, id, 'Nº ' || lpad(n::text, 4, '0'), case n when ${count} then 'Zortéa' else 'Santos' end,
          case n when ${count} then 'SC' else 'SP' end, case n when ${count} then '{rara}'::text[] else '{}' end
        from professionals, generate_series(1, ${count}::integer) as n where email = ${email}`,
    ),
  );
  await openSignedIn(stage.server, page, email);
  await row(page, 'Nº 0001').waitFor();
}

it('End goes to the last client of a list of many pages', async () => {
  const page = await stage.openDevice('computer');
  await openLongList(page, 430);
  const focusedName = () => page.evaluate(() => document.activeElement?.textContent);
  await row(page, 'Nº 0001').getByRole('link', { name: 'Nº 0001' }).focus();
  await page.keyboard.press('End');
  await expectSoon(focusedName).toBe('Nº 0430');
  await page.keyboard.press('Home');
  await expectSoon(focusedName).toBe('Nº 0001');
  await page.keyboard.press('End');
  await expectSoon(focusedName).toBe('Nº 0430');
  await page.keyboard.press('ArrowUp');
  await expectSoon(focusedName).toBe('Nº 0429');
});

it('applies a city that was written out before the suggestions came, once', async () => {
  const page = await stage.openDevice('computer');
  await openLongList(page, 130);
  const release = Promise.withResolvers<undefined>();
  await page.route('**/api/v1/clients/filters', async (route) => {
    await release.promise;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Filtros' }).click();
  await page.getByRole('combobox', { name: 'Cidade' }).fill('Zortéa');
  release.resolve(undefined);
  await page.getByRole('button', { name: 'Tirar o filtro Zortéa' }).waitFor();
  await expectSoon(() => page.getByRole('listitem', { name: /^Nº/ }).count()).toBe(1);
  await page.goBack();
  await page.getByText('130 clientes', { exact: true }).waitFor();
});

it('suggests cities, states and tags of clients far down the list', async () => {
  const page = await stage.openDevice('computer');
  await openLongList(page, 130);
  await page.getByRole('button', { name: 'Filtros' }).click();
  const panel = page.getByRole('group', { name: 'Filtros' });
  const suggestions = async (label: string) => {
    await panel.getByRole('combobox', { name: label }).focus();
    return panel.getByRole('option').and(panel.locator('.suggest-option')).allTextContents();
  };
  await expectSoon(() => suggestions('Cidade')).toEqual(['Santos', 'Zortéa']);
  expect(await suggestions('Etiqueta')).toEqual(['rara']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await row(page, 'Nº 0130').waitFor();
  await expectSoon(() => page.getByRole('listitem', { name: /^Nº/ }).count()).toBe(1);
  await page.getByRole('button', { name: 'Tirar o filtro rara' }).click();
  const used = panel.getByLabel('Estado').locator('optgroup').first().locator('option');
  expect(await used.allTextContents()).toEqual(['SP', 'SC']);
  await panel.getByLabel('Estado').selectOption('SC');
  await row(page, 'Nº 0130').waitFor();
  await expectSoon(() => page.getByRole('listitem', { name: /^Nº/ }).count()).toBe(1);
});

it.each([
  ['a phone', { width: 320, height: 640 }],
  ['a wide computer', { width: 1920, height: 1080 }],
] as const)('on %s a row shows what the search has found as well as what it warns of', async (_, viewport) => {
  const email = `ana@${await stage.openClinic()}`;
  const name = { firstName: 'Maria Conceição Aparecida', lastName: 'de Vasconcelos Albuquerque Cavalcanti' };
  await registerClients(await stage.server.signIn(email), [
    { ...name, phone: '11987650000', document: '52998224725', dateOfBirth: '1951-02-03', tags: ['alergia', 'vip'] },
  ]);
  const page = await stage.openDevice(viewport.width < 768 ? 'phone' : 'computer', { viewport });
  await openSignedIn(stage.server, page, email);
  const row = page.getByRole('listitem', { name: /^Maria Conceição/ });
  for (const [query, found] of [
    ['52998224725', '529.982.247-25'],
    ['98765000', '98765-000'],
  ] as const) {
    await findSearch(page).fill(query);
    const mark = row.locator('mark', { hasText: found });
    await mark.waitFor();
    const isPhone = viewport.width < 768;
    const warning = isPhone
      ? row.getByRole('img', { name: 'Atenção: alergia' })
      : row.locator('a', { hasText: 'alergia' });
    const seen = await Promise.all([mark, warning].map((each) => each.evaluate(isWithinClip)));
    expect(seen).toEqual([true, true]);
  }
});

/** Whether no element around cuts an element off. */
function isWithinClip(element: Element): boolean {
  const { top, bottom, left, right } = element.getBoundingClientRect();
  for (let around = element.parentElement; around !== null; around = around.parentElement) {
    if (getComputedStyle(around).overflowY === 'visible') continue;
    const box = around.getBoundingClientRect();
    if (top < box.top - 1 || bottom > box.bottom + 1 || left < box.left - 1 || right > box.right + 1) return false;
  }
  return true;
}
