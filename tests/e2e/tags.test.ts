import { describe, expect, it } from 'vitest';
import { expectSoon, openSignedIn, prepareStage, press, registerClients, screens } from './clinic.ts';

const stage = prepareStage();

describe('the tags of a clinic', () => {
  it('are suggested while one is typed, and a click on one narrows the list', { timeout: 120_000 }, async () => {
    const page = await stage.openDevice('computer');
    const email = `ana@${await stage.openClinic()}`;
    const ana = await stage.server.signIn(email);
    const [id = ''] = await registerClients(ana, [
      { firstName: 'Íris' },
      { firstName: 'Noé', tags: ['Pé de risco'] },
      { firstName: 'Lia' },
    ]);
    await openSignedIn(stage.server, page, email, `/clientes/${id}`);
    const card = page.getByRole('dialog', { name: 'Íris' });
    await card.getByRole('button', { name: 'Incluir etiquetas' }).click();
    const field = card.getByRole('combobox', { name: 'Etiquetas' });
    await field.fill('pe de');
    await card.getByRole('option', { name: 'Pé de risco' }).waitFor();
    await field.press('ArrowDown');
    await field.press('Enter');
    await card.getByRole('button', { name: 'Tirar a etiqueta Pé de risco' }).waitFor();
    await field.pressSequentially('DIABETES,');
    await card.getByRole('button', { name: 'Salvar' }).click();
    // What warns comes first, and says so in words.
    const tags = card.getByRole('listitem').getByRole('link');
    await tags.first().waitFor();
    expect(await tags.allInnerTexts()).toEqual([expect.stringMatching(/Atenção:\s*diabetes/), 'Pé de risco']);
    await tags.nth(1).click();
    await page.waitForURL((url) => url.searchParams.get('tag') === 'Pé de risco');
    await expectSoon(() =>
      page
        .getByRole('list')
        .getByRole('listitem', { name: /^(Íris|Noé|Lia)$/ })
        .count(),
    ).toBe(2);
  });

  it('are renamed for all clients by an administrator, who sees how many they are', { timeout: 120_000 }, async () => {
    const page = await stage.openDevice('computer');
    const email = `ana@${await stage.openClinic()}`;
    const ana = await stage.server.signIn(email);
    const [id = ''] = await registerClients(ana, [
      { firstName: 'Íris', tags: ['vip'] },
      { firstName: 'Noé', tags: ['vip'] },
    ]);
    await openSignedIn(stage.server, page, email, '/configuracoes/etiquetas');
    await page.getByRole('button', { name: 'Alterar vip', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Alterar etiqueta' });
    await dialog.getByRole('textbox', { name: 'Nome' }).fill('Muito importante');
    await dialog.getByText('2 clientes passam a ter o novo nome.').waitFor();
    await dialog.getByRole('button', { name: 'Salvar' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Alterar Muito importante' }).waitFor();
    const { body } = await ana.api('GET /clients/{id}', { params: { id } });
    expect(body.tags).toEqual(['Muito importante']);
  });
});

describe.each(screens)('on a %s a family', (screen) => {
  it('is linked on one card and seen on both', { timeout: 120_000 }, async () => {
    const page = await stage.openDevice(screen);
    const email = `carla@${await stage.openClinic()}`;
    const ana = await stage.server.signIn(email.replace('carla', 'ana'));
    const [child = ''] = await registerClients(ana, [
      { firstName: 'Tito', guardian: { name: 'Gisela', phone: '(21) 98877-6655' } },
      { firstName: 'Gisela', lastName: 'Antão' },
    ]);
    await openSignedIn(stage.server, page, email, `/clientes/${child}`);
    const card = page.getByRole('dialog', { name: 'Tito', exact: true });
    const phones = card.getByRole('list', { name: 'Outros telefones' });
    expect(await phones.getByRole('link', { name: /^WhatsApp/ }).getAttribute('href')).toBe(
      'https://wa.me/5521988776655',
    );
    await press(screen, card.getByRole('button', { name: 'Incluir familiar' }));
    const dialog = page.getByRole('dialog', { name: 'Vincular familiar' });
    // The guardian is looked for already.
    await dialog.getByRole('radio', { name: /Gisela Antão/ }).check();
    await press(screen, dialog.getByRole('button', { name: 'Vincular' }));
    await press(screen, card.getByRole('link', { name: 'Gisela Antão' }));
    const other = page.getByRole('dialog', { name: 'Gisela Antão', exact: true });
    await other.getByRole('region', { name: 'Família' }).getByText('Sob sua responsabilidade').waitFor();
    await other.getByRole('link', { name: 'Tito' }).waitFor();
  });
});
