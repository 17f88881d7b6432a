import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectSoon, openSignedIn, prepareStage, screens } from './clinic.ts';
import { findByAxe } from './page-checks.ts';

const stage = prepareStage();

/** Expects one main landmark, one heading of level 1, and no violation found by axe. */
async function expectWellBuilt(page: Page): Promise<void> {
  expect(await page.getByRole('main').count()).toBe(1);
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  expect(await findByAxe(page)).toEqual([]);
}

describe.each(screens)('on a %s', (screen) => {
  it('a page that breaks stays within the navigation, and can be tried again', async () => {
    const page = await stage.openDevice(screen);
    await page.route(/\/assets\/settings-page-.*\.js$/, (route) => route.abort());
    await openSignedIn(stage.server, page, `bruno@${await stage.openClinic()}`, '/configuracoes');
    await page.getByRole('heading', { name: 'Não foi possível abrir esta página' }).waitFor();
    await page.getByRole('navigation').waitFor();
    await expectWellBuilt(page);
  });

  it('while nobody knows who one is, the page has its outline, and says so when that takes long', async () => {
    const page = await stage.openDevice(screen);
    await page.clock.install();
    const held: (() => void)[] = [];
    await openSignedIn(stage.server, page, `bruno@${await stage.openClinic()}`);
    await page.getByRole('heading', { level: 1, name: 'Clientes' }).waitFor();
    await page.route(/\/api\/v1\/me$/, async (route) => {
      await new Promise<void>((resolve) => held.push(resolve));
      await route.continue();
    });
    await page.reload();
    await expectSoon(() => held.length).toBe(1);
    const status = page.getByRole('status').getByText('Carregando…');
    await expectSoon(async () => {
      await page.clock.runFor(200);
      return status.count();
    }).toBe(1);
    expect(await page.getByRole('main').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Tentar de novo' }).count()).toBe(0);
    await page.clock.runFor(8_000);
    await page.getByRole('alert').getByText('O servidor está demorando a responder.').waitFor();
    await page.getByRole('button', { name: 'Tentar de novo' }).click();
    await expectSoon(() => held.length).toBe(2);
    for (const letGo of held) letGo();
    await page.getByRole('heading', { level: 1, name: 'Clientes' }).waitFor();
  });

  it('without an answer to who one is, the page stands alone', async () => {
    const page = await stage.openDevice(screen);
    await page.route(/\/api\/v1\/me$/, (route) => route.abort());
    await openSignedIn(stage.server, page, `bruno@${await stage.openClinic()}`);
    await page.getByRole('heading', { name: 'Sem conexão' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    await expectWellBuilt(page);
    await page.unroute(/\/api\/v1\/me$/);
    await page.getByRole('button', { name: 'Tentar de novo' }).click();
    await page.getByRole('heading', { level: 1, name: 'Clientes' }).waitFor();
  });
});
