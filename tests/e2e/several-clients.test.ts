import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { expectSoon, openSignedIn, prepareStage, registerClients } from './clinic.ts';
import { findByAxe } from './page-checks.ts';
import { row } from './locators.ts';

const stage = prepareStage();

const bar = (page: Page): Locator => page.getByRole('region', { name: 'Clientes selecionados' });

async function openList(page: Page, person: 'ana' | 'carla') {
  const domain = await stage.openClinic();
  const ana = await stage.server.signIn(`ana@${domain}`);
  const names = ['Ada', 'Bento', 'Caio', 'Dora'];
  await registerClients(
    ana,
    names.map((firstName, index) => ({ firstName, lastName: 'Braz', phone: `1198765000${String(index)}` })),
  );
  await openSignedIn(stage.server, page, `${person}@${domain}`);
  await row(page, 'Dora Braz').waitFor();
  const tagged = async () =>
    (await ana.api('GET /clients', { query: { tag: 'vip' } })).body.items.map(({ firstName }) => firstName);
  const active = async () => (await ana.api('GET /clients')).body.items.map(({ firstName }) => firstName);
  /** Somebody wants no messages. */
  const refuseMessages = async (firstName: string) => {
    const text = { purpose: 'messages', title: 'Mensagens', body: 'Aceito receber mensagens.' } as const;
    const { id: textId } = (await ana.api('POST /consent-texts', { body: text })).body;
    const found = (await ana.api('GET /clients')).body.items.find((client) => client.firstName === firstName);
    const body = { textId, decision: 'refused', by: 'client', means: 'verbal' } as const;
    await ana.api('POST /clients/{id}/consents', { params: { id: found?.id ?? '' }, body });
  };
  return { tagged, active, refuseMessages };
}

/** Rests a finger on a row until it is chosen. The tap that ends the press opens nothing. */
async function pressLong(page: Page, name: string): Promise<void> {
  const link = row(page, name).getByRole('link', { name });
  const finger = { pointerType: 'touch', isPrimary: true, clientX: 120, clientY: 200, bubbles: true };
  await link.dispatchEvent('pointerdown', finger);
  await bar(page).getByText('1 selecionado', { exact: true }).waitFor();
  await link.dispatchEvent('pointerup', finger);
  await link.dispatchEvent('click');
  await bar(page).getByText('1 selecionado', { exact: true }).waitFor();
}

it('on a computer, a range is chosen with Shift, tagged, and undone; by keyboard all are', async () => {
  const page = await stage.openDevice('computer');
  const { tagged } = await openList(page, 'ana');
  await row(page, 'Ada Braz').hover();
  await page.getByRole('checkbox', { name: 'Selecionar Ada Braz' }).click();
  await bar(page).getByText('1 selecionado', { exact: true }).waitFor();
  await page.getByRole('checkbox', { name: 'Selecionar Caio Braz' }).click({ modifiers: ['Shift'] });
  await bar(page).getByText('3 selecionados').waitFor();
  expect(await findByAxe(page)).toEqual([]);
  await bar(page).getByRole('button', { name: 'Etiquetas' }).click();
  await page.getByRole('textbox', { name: 'Pôr a etiqueta' }).fill('vip');
  await page.keyboard.press('Enter');
  await page.getByText('3 clientes com a etiqueta “vip”.').waitFor();
  expect(await tagged()).toEqual(['Ada', 'Bento', 'Caio']);
  await page.getByRole('button', { name: 'Desfazer' }).click();
  await page.getByText('Desfeito: 3 clientes.').waitFor();
  expect(await tagged()).toEqual([]);

  await page.keyboard.press('Escape');
  await expectSoon(() => bar(page).count()).toBe(0);
  await row(page, 'Bento Braz').getByRole('link', { name: 'Bento Braz' }).focus();
  await page.keyboard.press('x');
  await bar(page).getByText('1 selecionado', { exact: true }).waitFor();
  await page.keyboard.press('Control+a');
  await bar(page).getByText('4 selecionados').waitFor();
  await page.keyboard.press('Space');
  await bar(page).getByText('3 selecionados').waitFor();
});

it('on a phone, a long press begins choosing, taps go on, and archiving can be undone', async () => {
  const page = await stage.openDevice('phone');
  const { active, refuseMessages } = await openList(page, 'carla');
  await refuseMessages('Bento');
  await pressLong(page, 'Bento Braz');
  await row(page, 'Dora Braz').tap();
  await bar(page).getByText('2 selecionados').waitFor();
  expect(page.url()).toMatch(/\/clientes$/);
  expect(await findByAxe(page)).toEqual([]);
  await bar(page).getByRole('button', { name: 'Ações' }).tap();
  expect(await page.getByRole('menuitem', { name: /^Exportar/ }).count()).toBe(0);
  await page.getByRole('menuitem', { name: 'Mensagem' }).tap();
  const conversation = page.getByRole('link', { name: 'Abrir a conversa com Dora Braz' });
  expect(await conversation.getAttribute('href')).toMatch(
    /^https:\/\/wa\.me\/5511987650003\?text=Ol%C3%A1%2C%20Dora\./,
  );
  const leftOut = page.getByRole('list', { name: 'Ficam de fora' }).getByRole('listitem');
  expect(await leftOut.allInnerTexts()).toEqual([expect.stringMatching(/^Bento Braz\s+Não quer receber mensagens/)]);
  expect(await page.getByRole('link', { name: /^Abrir a conversa/ }).count()).toBe(1);
  expect(await findByAxe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Fechar' }).tap();
  await bar(page).getByRole('button', { name: 'Ações' }).tap();
  await page.getByRole('menuitem', { name: 'Arquivar' }).tap();
  await page.getByText('2 clientes arquivados.').waitFor();
  expect(await active()).toEqual(['Ada', 'Caio']);
  await page.getByRole('button', { name: 'Desfazer' }).tap();
  await row(page, 'Dora Braz').waitFor();
  expect(await active()).toEqual(['Ada', 'Bento', 'Caio', 'Dora']);
});

it('on a tablet a finger goes on choosing, and a mouse opens', async () => {
  const page = await stage.openDevice('computer', { viewport: { width: 820, height: 1180 }, hasTouch: true });
  await openList(page, 'ana');
  await pressLong(page, 'Bento Braz');
  await row(page, 'Dora Braz').getByRole('link', { name: 'Dora Braz' }).tap();
  await bar(page).getByText('2 selecionados').waitFor();
  expect(page.url()).toMatch(/\/clientes$/);
  await row(page, 'Ada Braz').getByRole('link', { name: 'Ada Braz' }).click();
  await page.getByRole('dialog', { name: 'Ada Braz' }).waitFor();
});
