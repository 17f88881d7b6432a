import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  receiveCode,
  expectFocusInside,
  expectSoon,
  openSignedIn,
  prepareStage,
  press,
  registerClients,
  screens,
  signIn,
} from './clinic.ts';
import { openPasskeyDevice } from './passkey-device.ts';
import { card } from './locators.ts';

const stage = prepareStage();

async function openCard(page: Page, path = (id: string) => `/clientes/${id}`) {
  const email = `bruno@${await stage.openClinic()}`;
  const bruno = await stage.server.signIn(email);
  const [id = ''] = await registerClients(bruno, [{ firstName: 'Inez', lastName: 'Quitéria' }]);
  await openSignedIn(stage.server, page, email, path(id));
}

describe.each(screens)('on a %s the focus stays on the page', (screen) => {
  it('after tags are saved, and after archiving and taking that back', async () => {
    const page = await stage.openDevice(screen);
    await openCard(page);
    const dialog = card(page, 'Inez Quitéria');
    await press(screen, dialog.getByRole('button', { name: 'Incluir etiquetas' }));
    await dialog.getByRole('combobox', { name: 'Etiquetas' }).fill('diabetes');
    await dialog.getByRole('button', { name: 'Salvar' }).click();
    await dialog.getByRole('listitem').getByText('diabetes').waitFor();
    await expectFocusInside(page, dialog);
    await dialog.getByRole('button', { name: 'Mais ações' }).click();
    await page.getByRole('menuitem', { name: 'Arquivar' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expectFocusInside(page);
    await page.getByRole('button', { name: 'Desfazer' }).click();
    await page.getByRole('listitem', { name: 'Inez Quitéria' }).waitFor();
    await expectFocusInside(page);
  });

  it('after a wrong address, and after the code was sent again', async () => {
    const page = await stage.openDevice(screen);
    const email = `bruno@${await stage.openClinic()}`;
    await page.clock.install();
    await page.goto('/entrar');
    const field = page.getByRole('textbox', { name: 'E-mail' });
    await field.fill('bruno');
    await page.getByRole('button', { name: 'Receber código' }).click();
    await page.getByText('Confira o e-mail').waitFor();
    await expectFocusInside(page, field);
    await field.fill(email);
    await receiveCode(stage.server, email, () => page.getByRole('button', { name: 'Receber código' }).click());
    const again = page.getByRole('button', { name: 'Reenviar código', exact: true });
    // The mail may be there before the page counts the seconds.
    await page.getByRole('button', { name: /^Reenviar código em \d+ s$/ }).waitFor();
    await page.clock.fastForward('00:35');
    await again.click();
    await page.getByText('Enviamos outro código.').waitFor();
    await expectFocusInside(page, page.getByRole('textbox', { name: 'Código de acesso' }));
  });

  it('after two records were said to be two people', async () => {
    const page = await stage.openDevice(screen);
    const email = `bruno@${await stage.openClinic()}`;
    const same = { lastName: 'Prado', dateOfBirth: '1980-02-03' };
    await registerClients(await stage.server.signIn(email), [
      { ...same, firstName: 'Rosa' },
      { ...same, firstName: 'Roza' },
    ]);
    await openSignedIn(stage.server, page, email, '/clientes/duplicados');
    await page.getByRole('button', { name: 'Não são a mesma pessoa' }).click();
    await page.getByText('Anotado: são duas pessoas.').waitFor();
    await expectFocusInside(page);
    await page.getByRole('button', { name: 'Desfazer' }).click();
    await page.getByRole('listitem', { name: 'Rosa Prado e Roza Prado' }).waitFor();
    await expectFocusInside(page);
  });

  it('after a passkey was added and removed', async () => {
    const page = await openPasskeyDevice(stage, screen);
    await signIn(stage.server, page, `ana@${await stage.openClinic()}`);
    await page.goto('/configuracoes/chaves-de-acesso');
    await page.getByRole('button', { name: 'Criar chave de acesso' }).last().click();
    await page.getByRole('textbox', { name: 'Nome da chave' }).fill('Notebook');
    await page.getByRole('button', { name: 'Continuar' }).click();
    await page.getByRole('listitem').getByText('Notebook').waitFor();
    await expectFocusInside(page);
  });
});

it('at 400 % zoom nothing stands over the field that is filled in, nor over the list', async () => {
  const page = await stage.openDevice('phone', { viewport: { width: 320, height: 256 } });
  await openCard(page, () => '/clientes/novo');
  const isUncovered = (name: string) =>
    page.getByRole('textbox', { name, exact: true }).evaluate((field) => {
      field.scrollIntoView({ block: 'nearest' });
      const { left, top, bottom, width } = field.getBoundingClientRect();
      return [top + 2, bottom - 2].every((y) => document.elementFromPoint(left + width / 2, y) === field);
    });
  for (const name of ['Nome', 'Sobrenome', 'Telefone', 'E-mail', 'CEP'])
    await expectSoon(async () => [name, await isUncovered(name)]).toEqual([name, true]);
  await page.goto('/clientes');
  await page.getByRole('link', { name: 'Inez Quitéria' }).waitFor();
  const search = page.getByRole('searchbox', { name: 'Buscar clientes' });
  expect(await search.evaluate((field) => getComputedStyle(field.closest('.page-toolbar') ?? field).position)).toBe(
    'static',
  );
  const primary = page.getByRole('link', { name: 'Novo cliente' });
  expect(await primary.evaluate((link) => getComputedStyle(link.closest('.page-primary') ?? link).position)).toBe(
    'static',
  );
});

it('shows in forced colours whether a switch is on', async () => {
  const page = await stage.openDevice('computer', { forcedColors: 'active' });
  await openCard(page, () => '/configuracoes');
  const knob = () =>
    page
      .getByRole('switch')
      .first()
      .evaluate((input) => {
        const colours = [getComputedStyle(input), getComputedStyle(input, '::before')];
        return colours.map(({ backgroundColor }) => backgroundColor);
      });
  const [onTrack, onKnob] = await knob();
  expect(onTrack).not.toBe(onKnob);
  await page.getByRole('switch').first().click();
  await expectSoon(async () => (await knob())[0] === onTrack).toBe(false);
  const [offTrack, offKnob] = await knob();
  expect(offTrack).not.toBe(offKnob);
});

it('shows in forced colours which tab of a card is open, and whose card it is', async () => {
  const page = await stage.openDevice('computer', { forcedColors: 'active' });
  await openCard(page, (id) => `/clientes/${id}`);
  const readLine = (name: string) =>
    page.getByRole('tab', { name }).evaluate((tab) => getComputedStyle(tab).borderBottomColor);
  await page.getByRole('tab', { name: 'Resumo' }).waitFor();
  const [open, closed] = [await readLine('Resumo'), await readLine('Dados')];
  expect(open).not.toBe(closed);
  await page.getByRole('tab', { name: 'Dados' }).click();
  expect([await readLine('Resumo'), await readLine('Dados')]).toEqual([closed, open]);
  const row = page.locator('.client-row[data-open]');
  expect(await row.evaluate((item) => getComputedStyle(item, '::after').borderTopStyle)).toBe('solid');
});

it('on a phone held sideways the button that saves is in reach, and leaves the form most of the room', async () => {
  const page = await stage.openDevice('phone', { viewport: { width: 844, height: 390 } });
  await openCard(page, () => '/clientes/novo');
  const save = page.getByRole('button', { name: 'Salvar', exact: true });
  await save.waitFor();
  const bar = save.locator('xpath=..');
  const { y = 0, height = 0 } = (await bar.boundingBox()) ?? {};
  expect(Math.round(y + height)).toBe(390);
  expect(height).toBeLessThanOrEqual(64);
  const field = page.getByRole('textbox', { name: 'CEP' });
  await field.focus();
  expect(
    await field.evaluate((element) => {
      const { left, bottom } = element.getBoundingClientRect();
      return document.elementFromPoint(left + 20, bottom - 4) === element;
    }),
  ).toBe(true);
});
