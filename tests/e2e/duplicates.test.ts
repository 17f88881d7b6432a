import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectSoon, openSignedIn, prepareStage, press, registerClients, screens, walkTo } from './clinic.ts';
import { findByAxe } from './page-checks.ts';

const stage = prepareStage();

const path = (page: Page) => new URL(page.url()).pathname;
const pair = (page: Page, name: string) => page.getByRole('listitem', { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

/** Opens the duplicates of a clinic that has Rosa twice, and Ivo and Otto with one phone. */
async function openDuplicates(page: Page) {
  const email = `bruno@${await stage.openClinic()}`;
  const bruno = await stage.server.signIn(email);
  const rosa = { lastName: 'Prado', dateOfBirth: '1980-02-03', address: { city: 'Santos' } };
  const ids = await registerClients(bruno, [
    { ...rosa, firstName: 'Rosa', phone: '(11) 98765-4321', email: 'velho@exemplo.test', notes: 'Dor no joelho.' },
    { ...rosa, firstName: 'Roza', phone: '(11) 98765-0000', email: 'novo@exemplo.test', notes: 'Prefere a manhã.' },
    { firstName: 'Ivo', lastName: 'Lima', phone: '(11) 91111-1111' },
    { firstName: 'Otto', lastName: 'Lima', phone: '(11) 91111-1111', allowSharedPhone: true },
  ]);
  await openSignedIn(stage.server, page, email);
  await page.getByRole('button', { name: 'Opções da lista' }).click();
  await page.getByRole('menuitem', { name: 'Cadastros repetidos' }).click();
  await heading(page, 'Cadastros repetidos').waitFor();
  return { bruno, ids };
}

describe.each(screens)('on a %s', (screen) => {
  it('lists who looks like one person, merges field by field, and takes it back', { timeout: 60_000 }, async () => {
    const page = await stage.openDevice(screen);
    const { bruno, ids } = await openDuplicates(page);
    const rosas = pair(page, 'Rosa Prado e Roza Prado');
    await rosas.waitFor();
    for (const reason of ['Nome parecido', 'Mesmo nascimento']) await rosas.getByText(reason).waitFor();
    expect(await page.getByRole('listitem', { name: / e / }).count()).toBe(2);
    expect(await findByAxe(page)).toEqual([]);

    await press(screen, rosas.getByRole('link', { name: 'Comparar e unir' }));
    await heading(page, 'Unir cadastros').waitFor();
    const preview = page.getByRole('region', { name: 'Como vai ficar' });
    await preview.getByText('velho@exemplo.test').waitFor();
    await preview.getByText('Dor no joelho.\n\nPrefere a manhã.').waitFor();
    await page.getByRole('group', { name: 'E-mail' }).getByRole('radio', { name: 'novo@exemplo.test' }).check();
    await preview.getByText('novo@exemplo.test').waitFor();
    expect(await page.getByRole('group', { name: 'Endereço' }).count()).toBe(0);
    await page.getByText('Iguais nos dois: 4').waitFor();
    expect(await findByAxe(page)).toEqual([]);

    await press(screen, page.getByRole('button', { name: 'Unir cadastros' }));
    await page.getByText('Cadastros de Rosa Prado unidos.').waitFor();
    await expectSoon(() => path(page)).toBe('/clientes/duplicados');
    await rosas.waitFor({ state: 'detached' });
    const merged = await bruno.api('GET /clients/{id}', { params: { id: ids[0] ?? '' } });
    expect(merged.body).toMatchObject({ email: 'novo@exemplo.test', phone: '+5511987654321' });

    await press(screen, page.getByRole('button', { name: 'Desfazer' }));
    await page.getByText('União desfeita: os dois cadastros estão como antes.').waitFor();
    await rosas.waitFor();
    expect((await bruno.api('GET /clients/{id}', { params: { id: ids[0] ?? '' } })).body.email).toBe(
      'velho@exemplo.test',
    );
  });

  it('believes that they are two people, and forgets it again', async () => {
    const page = await stage.openDevice(screen);
    await openDuplicates(page);
    const family = pair(page, 'Ivo Lima e Otto Lima');
    await press(screen, family.getByRole('button', { name: 'Não são a mesma pessoa' }));
    await family.waitFor({ state: 'detached' });
    await page.getByText('1 par que parece a mesma pessoa').waitFor();
    await press(screen, page.getByRole('button', { name: 'Desfazer' }));
    await family.waitFor();
  });

  it('tells when somebody changed a record meanwhile, and keeps the choices', async () => {
    const page = await stage.openDevice(screen);
    const { bruno, ids } = await openDuplicates(page);
    await press(screen, pair(page, 'Rosa Prado e Roza Prado').getByRole('link', { name: 'Comparar e unir' }));
    const newMail = page.getByRole('group', { name: 'E-mail' }).getByRole('radio', { name: 'novo@exemplo.test' });
    await newMail.check();
    const headers = { 'if-match': '*' };
    await bruno.api('PATCH /clients/{id}', { params: { id: ids[1] ?? '' }, headers, body: { profession: 'Oleira' } });
    await press(screen, page.getByRole('button', { name: 'Unir cadastros' }));
    await page.getByRole('alert').getByText('Este cadastro mudou desde que você o abriu').waitFor();
    await page.getByRole('group', { name: 'Profissão' }).waitFor();
    expect(await newMail.isChecked()).toBe(true);
    await press(screen, page.getByRole('button', { name: 'Unir cadastros' }));
    await page.getByText('Cadastros de Rosa Prado unidos.').waitFor();
  });

  it('is shown in the history, leads from the archived record to the other, and is undone there', async () => {
    const page = await stage.openDevice(screen);
    const { bruno, ids } = await openDuplicates(page);
    const [winnerId = '', loserId = ''] = ids;
    await bruno.api('POST /duplicates/merge', { body: { winnerId, loserId, winnerEtag: '*', loserEtag: '*' } });
    await page.goto(`/clientes/${loserId}`);
    await page.getByText(/^Unido a outro em/).waitFor();
    await press(screen, page.getByRole('link', { name: 'Abrir o que ficou' }));
    const card = page.getByRole('dialog', { name: 'Rosa Prado' });
    await press(screen, card.getByRole('tab', { name: 'Histórico' }));
    await card.getByText('uniu um cadastro repetido a este').waitFor();
    await card.getByText('No cadastro que foi unido a este').first().waitFor();
    await press(screen, card.getByRole('button', { name: 'Desfazer a união' }));
    await card.getByText('desfez a união de cadastros').waitFor();
    expect((await bruno.api('GET /clients/{id}', { params: { id: loserId } })).body.archivedAt).toBeNull();
    await page.goto(`/clientes/duplicados/${winnerId}/${loserId}`);
    await page.getByRole('button', { name: 'Unir cadastros' }).waitFor();
  });

  it('says so when there is nothing to merge', async () => {
    const page = await stage.openDevice(screen);
    const email = `ana@${await stage.openClinic()}`;
    await openSignedIn(stage.server, page, email, '/clientes/duplicados');
    await heading(page, 'Nenhum cadastro repetido').waitFor();
    expect(await findByAxe(page)).toEqual([]);
    // The router marks the link, because this page is below its address. It must still look like a button.
    const way = await page.getByRole('link', { name: 'Ir para os clientes' }).boundingBox();
    expect(way?.height).toBeGreaterThanOrEqual(40);
  });
});

it('is done by keyboard alone', { timeout: 60_000 }, async () => {
  const page = await stage.openDevice('computer');
  await openDuplicates(page);
  const compare = pair(page, 'Rosa Prado e Roza Prado').getByRole('link', { name: 'Comparar e unir' });
  await walkTo(page, compare);
  await page.keyboard.press('Enter');
  const group = page.getByRole('group', { name: 'E-mail' });
  await walkTo(page, group.getByRole('radio', { name: 'velho@exemplo.test' }));
  await page.keyboard.press('ArrowDown');
  expect(await group.getByRole('radio', { name: 'novo@exemplo.test' }).isChecked()).toBe(true);
  await walkTo(page, page.getByRole('button', { name: 'Unir cadastros' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Cadastros de Rosa Prado unidos.').waitFor();
});
