import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectSoon, openSignedIn, prepareStage, press, registerClients, screens } from './clinic.ts';
import { findByAxe } from './page-checks.ts';
import { card } from './locators.ts';

const stage = prepareStage();

async function openCard(page: Page) {
  const email = `bruno@${await stage.openClinic()}`;
  const bruno = await stage.server.signIn(email);
  const [id = ''] = await registerClients(bruno, [{ firstName: 'Inez', lastName: 'Quitéria' }]);
  await openSignedIn(stage.server, page, email, `/clientes/${id}`);
  await card(page, 'Inez Quitéria').getByRole('tab').first().waitFor();
  const read = async () => (await bruno.api('GET /clients/{id}', { params: { id } })).body;
  return { bruno, id, read };
}

describe.each(screens)('on a %s', (screen) => {
  it('corrects the name in its place, explains what is wrong, and gives the focus back', async () => {
    const page = await stage.openDevice(screen);
    const { read } = await openCard(page);
    await press(screen, card(page, 'Inez Quitéria').getByRole('button', { name: 'Alterar nome' }));
    const first = page.getByRole('textbox', { name: 'Nome', exact: true });
    await expectSoon(() => first.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await findByAxe(page)).toEqual([]);
    await first.fill('');
    await page.getByRole('button', { name: 'Salvar' }).click();
    await expectSoon(() => first.getAttribute('aria-invalid')).toBe('true');
    await first.fill('Inês');
    await page.getByRole('textbox', { name: 'Nome social' }).fill('Nena');
    await page.keyboard.press('Enter');
    const dialog = card(page, 'Nena Quitéria');
    await dialog.getByText('Nome civil: Inês Quitéria').waitFor();
    const pencil = dialog.getByRole('button', { name: 'Alterar nome' });
    await expectSoon(() => pencil.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await read()).toMatchObject({ firstName: 'Inês', lastName: 'Quitéria', socialName: 'Nena' });
  });

  it('adds, changes and takes away tags; Esc leaves them as they were', async () => {
    const page = await stage.openDevice(screen);
    const { read } = await openCard(page);
    const dialog = card(page, 'Inez Quitéria');
    await press(screen, dialog.getByRole('button', { name: 'Incluir etiquetas' }));
    const field = dialog.getByRole('combobox', { name: 'Etiquetas' });
    await field.pressSequentially('diabetes, idosa');
    await dialog.getByRole('button', { name: 'Salvar' }).click();
    await dialog.getByRole('listitem').getByText('idosa').waitFor();
    expect((await read()).tags).toEqual(['diabetes', 'idosa']);

    await press(screen, dialog.getByRole('button', { name: 'Alterar etiquetas' }));
    await dialog.getByRole('button', { name: 'Tirar a etiqueta idosa' }).click();
    await page.keyboard.press('Escape');
    await dialog.getByRole('listitem').getByText('idosa').waitFor();
    await press(screen, dialog.getByRole('button', { name: 'Alterar etiquetas' }));
    await dialog.getByRole('button', { name: 'Tirar a etiqueta diabetes' }).click();
    await dialog.getByRole('button', { name: 'Salvar' }).click();
    await dialog.getByRole('button', { name: 'Alterar etiquetas' }).waitFor();
    expect(await dialog.getByRole('listitem').getByText('diabetes').count()).toBe(0);
    expect((await read()).tags).toEqual(['idosa']);
  });

  it('asks before what was typed is lost by closing, and keeps it behind another pencil and another tab', async () => {
    const page = await stage.openDevice(screen);
    const { read } = await openCard(page);
    const dialog = card(page, 'Inez Quitéria');
    await press(screen, dialog.getByRole('button', { name: 'Fechar' }));
    await press(screen, page.getByRole('link', { name: 'Inez Quitéria' }));
    await press(screen, dialog.getByRole('button', { name: 'Incluir Telefone' }));
    const phone = dialog.getByRole('textbox', { name: 'Telefone' });
    await phone.fill('(11) 98765-4321');
    await press(screen, dialog.getByRole('button', { name: 'Incluir E-mail' }));
    await dialog.getByRole('textbox', { name: 'E-mail' }).fill('inez@exemplo.com');
    await dialog.getByRole('tab', { name: 'Histórico' }).click();
    await dialog.getByRole('tab', { name: 'Resumo' }).click();
    expect(await phone.inputValue()).toBe('(11) 98765-4321');

    const question = page.getByRole('alertdialog', { name: 'Sair sem salvar?' });
    const leave = [
      () => press(screen, dialog.getByRole('button', { name: 'Fechar' })),
      () =>
        page.evaluate(() => {
          history.back();
        }),
      ...(screen === 'computer' ? [() => page.mouse.click(20, 400)] : []),
    ];
    for (const [turn, act] of leave.entries()) {
      await act();
      await question.getByRole('button', { name: 'Continuar editando' }).click();
      await expectSoon(() => question.count()).toBe(0);
      expect([turn, await phone.inputValue()]).toEqual([turn, '(11) 98765-4321']);
      expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
    }
    await phone.press('Enter');
    await dialog.getByRole('button', { name: 'Alterar Telefone' }).waitFor();
    expect(await read()).toMatchObject({ phone: '+5511987654321', email: null });
    await press(screen, dialog.getByRole('button', { name: 'Fechar' }));
    await question.getByRole('button', { name: 'Sair sem salvar' }).click();
    await page.getByRole('listitem', { name: 'Inez Quitéria' }).waitFor();
    expect((await read()).email).toBeNull();
  });
});

it('shows a name that a colleague has changed meanwhile before it is changed again', async () => {
  const page = await stage.openDevice('computer');
  const { bruno, id, read } = await openCard(page);
  await card(page, 'Inez Quitéria').getByRole('button', { name: 'Alterar nome' }).click();
  await page.getByRole('textbox', { name: 'Nome', exact: true }).fill('Inês');
  await bruno.api('PATCH /clients/{id}', {
    params: { id },
    headers: { 'if-match': '"1"' },
    body: { lastName: 'Lima' },
  });
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByText('Outra pessoa mudou para “Inez Lima”. Salve de novo para trocar.').waitFor();
  expect((await read()).firstName).toBe('Inez');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByRole('dialog', { name: /^Inês/ }).waitFor();
  expect((await read()).firstName).toBe('Inês');
});
