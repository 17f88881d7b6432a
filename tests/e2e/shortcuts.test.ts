import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectSoon, findSearch, openSignedIn, prepareStage, screens } from './clinic.ts';
import { findByAxe } from './page-checks.ts';

const stage = prepareStage();

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

describe.each(screens)('on a %s', (screen) => {
  it('turns single keys off and on again, for the person and not for the device', async () => {
    const email = `bruno@${await stage.openClinic()}`;
    const page = await stage.openDevice(screen);
    await openSignedIn(stage.server, page, email, '/configuracoes');
    const keys = page.getByRole('switch', { name: 'Atalhos de uma tecla' });
    await keys.waitFor();
    expect(await keys.isChecked()).toBe(true);
    expect(await findByAxe(page)).toEqual([]);
    const saved = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.ok());
    await keys.focus();
    await page.keyboard.press('Space');
    await saved;
    expect(await keys.isChecked()).toBe(false);

    const other = await stage.openDevice(screen);
    await openSignedIn(stage.server, other, email);
    await title(other, 'Clientes').waitFor();
    await expectSoon(() => findSearch(other).getAttribute('aria-keyshortcuts')).toBe(null);
    await other.keyboard.press('/');
    await other.keyboard.press('n');
    await other.waitForTimeout(300);
    expect(await findSearch(other).evaluate((input) => input === document.activeElement)).toBe(false);
    expect(new URL(other.url()).pathname).toBe('/clientes');

    const again = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.ok());
    await keys.click();
    await again;
    await page.getByRole('navigation').getByRole('link', { name: 'Clientes' }).click();
    await findSearch(page).waitFor();
    await page.keyboard.press('/');
    await expectSoon(() => findSearch(page).evaluate((input) => input === document.activeElement)).toBe(true);
    await title(page, 'Clientes').focus();
    await page.keyboard.press('n');
    await title(page, 'Novo cliente').waitFor();
  });
});
