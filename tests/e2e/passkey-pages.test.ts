import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectSoon, openSignedIn, prepareStage, screens, signIn } from './clinic.ts';
import { openPasskeyDevice } from './passkey-device.ts';

const stage = prepareStage();

const clients = (page: Page) => page.getByRole('heading', { level: 1, name: 'Clientes' });
const offer = (page: Page) => page.getByRole('complementary', { name: 'Chave de acesso' });
const enter = (page: Page) => page.getByRole('button', { name: 'Entrar com chave de acesso' });

async function leave(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Conta/ }).click();
  await page.getByRole('menuitem', { name: 'Sair' }).click();
  await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
}

describe.each(screens)('on a %s', (screen) => {
  it('offers a passkey after the first code; the next sign-in needs no e-mail', async () => {
    const email = `ana@${await stage.openClinic()}`;
    const page = await openPasskeyDevice(stage, screen);
    await signIn(stage.server, page, email);
    await offer(page).getByRole('button', { name: 'Criar chave de acesso' }).click();
    await page.getByText('Chave criada.').waitFor();
    expect(await offer(page).count()).toBe(0);

    await leave(page);
    await enter(page).click();
    await clients(page).waitFor();
    expect(new URL(page.url()).pathname).toBe('/clientes');
  });

  it('the offer moves nothing when it comes', async () => {
    const email = `ana@${await stage.openClinic()}`;
    const page = await openPasskeyDevice(stage, screen);
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) shifts.push(entry.value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const answers: (() => void)[] = [];
    await page.route(/\/api\/v1\/(?:auth|me)\/passkeys$/, async (route) => {
      await new Promise<void>((resolve) => answers.push(resolve));
      await route.continue();
    });
    await signIn(stage.server, page, email);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await expectSoon(() => answers.length).toBeGreaterThan(0);
    const sum = () =>
      page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts.reduce((a, b) => a + b, 0));
    const before = await sum();
    for (const answer of answers) answer();
    await offer(page).waitFor();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await sum()).toBe(before);
  });

  it('offers once: whoever says “Agora não” is left alone', async () => {
    const email = `ana@${await stage.openClinic()}`;
    const page = await openPasskeyDevice(stage, screen);
    await signIn(stage.server, page, email);
    await offer(page).getByRole('button', { name: 'Agora não' }).click();
    await offer(page).waitFor({ state: 'detached' });
    await leave(page);
    await signIn(stage.server, page, email);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    expect(await offer(page).count()).toBe(0);
  });

  it('keeps passkeys by name in the settings; a removed one opens nothing', async () => {
    const email = `bruno@${await stage.openClinic()}`;
    const page = await openPasskeyDevice(stage, screen);
    await openSignedIn(stage.server, page, email, '/configuracoes');
    await page.getByRole('link', { name: 'Chaves de acesso' }).click();
    await page.getByRole('heading', { name: 'Nenhuma chave de acesso ainda' }).waitFor();
    await page.getByRole('button', { name: 'Criar chave de acesso' }).click();
    await page.getByRole('textbox', { name: 'Nome da chave' }).fill('Balcão');
    await page.getByRole('textbox', { name: 'Nome da chave' }).press('Enter');
    const key = page.getByRole('listitem', { name: 'Balcão' });
    await key.getByText('ainda não usada').waitFor();

    await key.getByRole('button', { name: 'Remover Balcão' }).click();
    const question = page.getByRole('alertdialog', { name: 'Remover “Balcão”?' });
    await question.getByRole('button', { name: 'Remover' }).click();
    await page.getByRole('heading', { name: 'Nenhuma chave de acesso ainda' }).waitFor();

    await leave(page);
    await enter(page).click();
    await page.getByText('Esta chave de acesso não foi aceita.').waitFor();
    expect(new URL(page.url()).pathname).toBe('/entrar');
  });
});
