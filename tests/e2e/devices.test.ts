import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, Request } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openSignedIn, prepareStage, screens } from './clinic.ts';

const stage = prepareStage();

describe.each(screens)('“Meus dispositivos” on a %s', (screen) => {
  it('names a device anew and ends another, which then is asked to sign in', async () => {
    const email = `ana@${await stage.openClinic()}`;
    const [here, there] = [await stage.openDevice(screen), await stage.openDevice(screen)];
    await openSignedIn(stage.server, there, email);
    await there.getByRole('searchbox', { name: 'Buscar clientes' }).waitFor();
    await openSignedIn(stage.server, here, email, '/configuracoes/dispositivos');
    const devices = here.getByRole('listitem').filter({ hasText: 'Última atividade' });
    await here.getByText('este aparelho').waitFor();
    expect(await devices.count()).toBe(2);

    await here.getByRole('button', { name: 'Mudar o nome de Teste' }).first().click();
    await here.getByRole('textbox', { name: 'Nome do aparelho' }).fill('Recepção');
    await here.getByRole('button', { name: 'Salvar' }).click();
    await here.getByRole('listitem', { name: 'Recepção' }).getByText('este aparelho').waitFor();

    await here.getByRole('button', { name: 'Desconectar Teste' }).click();
    await here.getByRole('listitem', { name: 'Teste' }).waitFor({ state: 'detached' });
    await there.getByRole('searchbox', { name: 'Buscar clientes' }).fill('a');
    const notice = there.getByRole('alertdialog', { name: 'Sessão expirada' });
    await notice.getByText(/Você desconectou este aparelho/).waitFor();
  });
});

describe('two tabs', () => {
  /** Ends the access as after ten hours: removes its cookie, and sets the time that the page has stored. */
  async function endAccess(page: Page): Promise<void> {
    await page.context().clearCookies({ name: 'acolhe_access' });
    await page.evaluate(() => {
      const session = JSON.parse(localStorage.getItem('acolhe.session') ?? '{}') as { expiresAt: number };
      localStorage.setItem('acolhe.session', JSON.stringify({ ...session, renewedAt: 0, expiresAt: Date.now() }));
    });
  }

  it('renew the access once between them, and both go on', async () => {
    const email = `ana@${await stage.openClinic()}`;
    const first = await stage.openDevice('computer');
    await openSignedIn(stage.server, first, email);
    const second = await first.context().newPage();
    await second.goto('/clientes');
    const tabs = [first, second];
    for (const tab of tabs) await tab.getByRole('searchbox', { name: 'Buscar clientes' }).waitFor();
    const renewals: Request[] = [];
    first.context().on('request', (request) => {
      if (request.url().endsWith('/auth/refresh')) renewals.push(request);
    });
    // Slow enough for the other tab to need a renewal too.
    await first.context().route('**/auth/refresh', async (route) => {
      await sleep(1000);
      await route.continue();
    });
    await endAccess(first);
    await Promise.all(tabs.map((tab) => tab.getByRole('searchbox', { name: 'Buscar clientes' }).fill('zz')));
    for (const tab of tabs) await tab.getByRole('heading', { name: /Nenhum cliente com “zz”/ }).waitFor();
    expect(renewals).toHaveLength(1);
    const { items } = (await stage.server.signIn(email).then(({ api }) => api('GET /auth/sessions'))).body;
    expect(items).toHaveLength(2);
  });
});
