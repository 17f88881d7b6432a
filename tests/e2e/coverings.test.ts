import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { expectSoon, openSignedIn, prepareStage, press, registerClients, screens, walkTo } from './clinic.ts';
import { lookAtPages } from './page-checks.ts';

const stage = prepareStage();

const cpf = '111.444.777-35';

/** A clinic where Ana, who administers it, treats Zuleica, and Bruno treats Íris and somebody with a long name. */
async function prepareClients() {
  const domain = await stage.openClinic();
  const [ana, bruno] = await Promise.all(['ana', 'bruno'].map((name) => stage.server.signIn(`${name}@${domain}`)));
  if (ana === undefined || bruno === undefined) throw new Error('both are signed in');
  const [zuleica = ''] = await registerClients(ana, [
    { firstName: 'Zuleica', lastName: 'Ávila', document: cpf, dateOfBirth: '1980-05-06' },
  ]);
  await registerClients(bruno, [{ firstName: 'Íris', lastName: 'Paz' }, { firstName: 'X'.repeat(100) }]);
  return { domain, ana, bruno, zuleica };
}

const findNumber = (page: Page) =>
  page.getByRole('dialog', { name: 'Abrir em emergência' }).getByRole('textbox', { name: 'CPF ou telefone completo' });

it.each(screens)('on a %s a colleague’s client is opened in an emergency, once, and reviewed', async (screen) => {
  const { domain, zuleica } = await prepareClients();
  const page = await stage.openDevice(screen);
  await openSignedIn(stage.server, page, `bruno@${domain}`, `/clientes/${zuleica}`);
  await page.getByRole('heading', { name: 'Cadastro não encontrado' }).waitFor();
  await press(screen, page.getByRole('link', { name: 'Coberturas e emergências' }));
  const open = page.getByRole('button', { name: 'Abrir em emergência' });
  await press(screen, open);
  await findNumber(page).fill('123');
  await page.keyboard.press('Enter');
  await page.getByText(/^Confira o telefone/).waitFor();
  await expectSoon(() => findNumber(page).evaluate((each) => each === document.activeElement)).toBe(true);
  await findNumber(page).fill(cpf);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Abrir em emergência' });
  await dialog.getByText('nasceu em 1980, cliente de Ana').waitFor();
  await dialog.getByRole('textbox', { name: 'Motivo' }).fill('Dor no peito');
  await press(screen, dialog.getByRole('button', { name: 'Abrir a ficha' }));
  const card = page.getByRole('dialog', { name: 'Zuleica Ávila' });
  await card
    .getByRole('note')
    .getByText(/em emergência, até \d\d:\d\d\./)
    .waitFor();

  // Whoever sees the client already needs no reason.
  await press(screen, card.getByRole('note').getByRole('link', { name: 'Ver coberturas' }));
  await press(screen, open);
  await findNumber(page).fill(cpf);
  await page.keyboard.press('Enter');
  await dialog.getByText('Você já vê este cliente: a ficha abre sem acesso de emergência.').waitFor();
  expect(await dialog.getByRole('textbox', { name: 'Motivo' }).count()).toBe(0);
  await press(screen, dialog.getByRole('button', { name: 'Abrir a ficha' }));
  await card.waitFor();

  const other = await stage.openDevice(screen);
  await openSignedIn(stage.server, other, `ana@${domain}`, '/coberturas');
  const accesses = other.getByRole('region', { name: 'Acesso de emergência' });
  await press(screen, accesses.getByRole('button', { name: /^Marcar como revisto/ }));
  await accesses.getByText(/^Revisto em .* por Ana/).waitFor();
  expect(await accesses.getByRole('listitem').count()).toBe(1);
});

it('by keyboard a covering without a reason is refused at its field, however long the form is', async () => {
  const { domain } = await prepareClients();
  const page = await stage.openDevice('computer', { viewport: { width: 720, height: 450 } });
  await openSignedIn(stage.server, page, `bruno@${domain}`, '/coberturas');
  const add = page.getByRole('button', { name: 'Nova cobertura' });
  await walkTo(page, add);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Nova cobertura' });
  await walkTo(page, dialog.getByRole('combobox', { name: 'Quem cobre' }));
  await page.keyboard.type('Ana');
  await walkTo(page, dialog.getByRole('checkbox', { name: 'Só alguns clientes' }));
  await page.keyboard.press('Space');
  await walkTo(page, dialog.getByRole('checkbox', { name: 'Íris Paz' }));
  await page.keyboard.press('Space');
  await dialog.getByText('Escolhidos: 1').waitFor();
  const save = dialog.getByRole('button', { name: 'Salvar' });
  await walkTo(page, save);
  await page.keyboard.press('Enter');
  const reason = dialog.getByRole('textbox', { name: 'Motivo' });
  await expectSoon(() => reason.evaluate((each) => each === document.activeElement)).toBe(true);
  await page.keyboard.type('Férias');
  await walkTo(page, save);
  await page.keyboard.press('Enter');
  await page
    .getByRole('region', { name: 'Quem cobre quem' })
    .getByText(/^1 cliente: Íris Paz/)
    .waitFor();
  await expectSoon(() => add.evaluate((each) => each === document.activeElement)).toBe(true);
});

it.each(screens)('on a %s coverings, their dialogs and the open card have no fault that axe finds', async (screen) => {
  const { domain, ana, bruno, zuleica } = await prepareClients();
  const page = await stage.openDevice(screen);
  await openSignedIn(stage.server, page, `bruno@${domain}`, '/coberturas');
  const found = await lookAtPages(page, screen, async (look) => {
    await page.goto(`${stage.server.address}/coberturas`);
    await page.getByRole('button', { name: 'Nova cobertura' }).click();
    await page.locator('label', { hasText: 'Só alguns clientes' }).click();
    await page
      .getByRole('group', { name: 'Clientes emprestados' })
      .getByRole('checkbox', { name: 'Íris Paz' })
      .waitFor();
    await look('covering');
    await page.goto(`${stage.server.address}/coberturas`);
    await page.getByRole('button', { name: 'Abrir em emergência' }).click();
    await findNumber(page).fill(cpf);
    await page.keyboard.press('Enter');
    await page.getByText('nasceu em 1980, cliente de Ana').waitFor();
    await look('emergency');
    await bruno.api('POST /clients/{id}/emergency-access', {
      params: { id: zuleica },
      body: { reason: 'Dor no peito' },
    });
    const day = { from: '2031-03-03', to: '2031-03-04', reason: 'Férias' };
    await ana.api('POST /coverings', {
      body: { absentId: ana.professionalId, coveringId: bruno.professionalId, ...day },
    });
    await page.goto(`${stage.server.address}/clientes/${zuleica}`);
    await page.getByText(/em emergência, até/).waitFor();
    await look('card');
    await page.goto(`${stage.server.address}/coberturas`);
    await page.getByText('Em aberto', { exact: true }).waitFor();
    await look('coverings');
  });
  expect(found).toEqual([]);
});
