import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { expectSoon, openSignedIn, prepareStage, press, registerClients, screens } from './clinic.ts';
import type { Screen } from '../support/browser.ts';
import { type Look, lookAtPages } from './page-checks.ts';

const stage = prepareStage();

/** A clinic with a text, a child whose guardian is known, an incident and something published. */
async function furnish() {
  // With a second one, `/privacidade` does not know whose notice is meant.
  await stage.openClinic();
  const domain = await stage.openClinic();
  const ana = await stage.server.signIn(`ana@${domain}`);
  const [id = ''] = await registerClients(ana, [
    { firstName: 'Lia', lastName: 'Souza', dateOfBirth: '2019-05-10', guardian: { name: 'Marta Souza' } },
  ]);
  for (const [purpose, title] of [
    ['images', 'Uso de imagem'],
    ['messages', 'Mensagens'],
  ] as const)
    await ana.api('POST /consent-texts', { body: { purpose, title, body: '# O que autorizo\n- fotos' } });
  await ana.api('GET /clients/{id}', { params: { id } });
  return { ana, id, email: `ana@${domain}` };
}

it.each(screens)('on a %s a consent is recorded for a child by the guardian, and withdrawn', async (screen) => {
  const { ana, id, email } = await furnish();
  const page = await stage.openDevice(screen);
  await openSignedIn(stage.server, page, email, `/clientes/${id}`);
  const consents = page.getByRole('dialog', { name: 'Lia Souza' }).getByRole('region', { name: 'Consentimentos' });
  await consents.getByText('Falta: Uso de imagem').waitFor();
  await press(screen, consents.getByRole('button', { name: 'Ações de Uso de imagem' }));
  await press(screen, page.getByRole('menuitem', { name: 'Registrar resposta' }));
  const dialog = page.getByRole('dialog', { name: 'Uso de imagem' });
  await expectSoon(() => dialog.getByRole('textbox', { name: 'Nome do responsável' }).inputValue()).toBe('Marta Souza');
  await dialog.getByRole('combobox', { name: 'Quem respondeu' }).selectOption('client');
  await press(screen, dialog.getByRole('button', { name: 'Registrar' }));
  await dialog.getByText('Quem tem menos de 18 anos consente por um responsável').waitFor();
  await dialog.getByRole('combobox', { name: 'Quem respondeu' }).selectOption('guardian');
  await press(screen, dialog.getByRole('button', { name: 'Registrar' }));
  await consents.getByText('Autoriza', { exact: true }).waitFor();
  await consents.getByText('por Marta Souza').waitFor();
  await press(screen, consents.getByRole('button', { name: 'Ações de Uso de imagem' }));
  await press(screen, page.getByRole('menuitem', { name: 'Registrar retirada' }));
  await press(
    screen,
    page.getByRole('dialog', { name: 'Retirar' }).getByRole('button', { name: 'Registrar retirada' }),
  );
  await consents.getByText('Retirado').waitFor();
  const { body } = await ana.api('GET /clients/{id}/consents', { params: { id } });
  expect(body.items).toMatchObject([
    { guardian: { name: 'Marta Souza', relation: 'mother' }, withdrawal: { by: 'guardian' } },
  ]);
  expect(await consents.getByText('Falta: Mensagens').isVisible()).toBe(true);
});

it('with the keyboard alone a text is written, an incident registered, and a notice published for anybody', async () => {
  const { email } = await furnish();
  const page = await stage.openDevice('computer');
  await openSignedIn(stage.server, page, email, '/configuracoes/termos');
  await page.getByRole('region', { name: 'Atendimento' }).getByRole('button', { name: 'Começar pelo modelo' }).focus();
  await page.keyboard.press('Enter');
  const text = page.getByRole('dialog', { name: 'Novo texto' });
  await expectSoon(() => text.getByRole('textbox', { name: 'Título' }).inputValue()).toBe(
    'Atendimento e dados de saúde',
  );
  await text.getByRole('textbox', { name: 'Título' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Ler Atendimento e dados de saúde' }).waitFor();
  await page.goto('/incidentes');
  await page.getByRole('button', { name: 'Registrar incidente' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Registrar incidente' });
  await dialog.getByRole('textbox', { name: 'O que aconteceu' }).focus();
  await page.keyboard.type('Celular perdido');
  await dialog.getByRole('combobox', { name: 'Conta de quem' }).focus();
  await page.keyboard.type('Ana');
  await dialog.getByRole('button', { name: 'Registrar' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: 'Clientes alcançados' }).getByRole('link', { name: 'Lia Souza' }).waitFor();
  await page.getByRole('region', { name: 'Prazos' }).getByText('3 dias úteis').waitFor();
  await page.getByRole('textbox', { name: 'O que aconteceu com os dados' }).fill('Perda');
  await page.getByRole('region', { name: 'Comunicação' }).getByRole('button', { name: 'Salvar' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Incidente salvo.').waitFor();
  await page.goto('/configuracoes/privacidade');
  await page.getByRole('textbox', { name: 'Nome ou razão social' }).fill('Clínica Ltda.');
  await page.getByRole('button', { name: 'Salvar responsáveis' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Responsáveis salvos.').waitFor();
  await page.getByRole('button', { name: 'Aviso de privacidade: começar pelo modelo' }).focus();
  await page.keyboard.press('Enter');
  await page
    .getByRole('textbox', { name: 'Aviso de privacidade, em texto' })
    .fill('# Dados\n<img src=x onerror=alert(1)>\n- um');
  await page.getByRole('button', { name: 'Publicar' }).focus();
  await page.keyboard.press('Enter');
  const address = await page.locator('a[href^="/privacidade/"]').getAttribute('href');
  const stranger = await stage.openDevice('phone');
  await stranger.goto(address ?? '');
  await stranger.getByRole('heading', { name: 'Dados', level: 3 }).waitFor();
  expect(await stranger.getByText('<img src=x onerror=alert(1)>').isVisible()).toBe(true);
  expect(await stranger.locator('main img').count()).toBe(0);
  await stranger.getByText('Clínica Ltda.').waitFor();
  await stranger.goto('/entrar');
  await stranger.getByRole('link', { name: 'Privacidade' }).click();
  await stranger.getByRole('heading', { name: 'Cada clínica tem o seu aviso de privacidade' }).waitFor();
});

async function walk(page: Page, screen: Screen, look: Look): Promise<void> {
  const { ana, id, email } = await furnish();
  const { body: incident } = await ana.api('POST /incidents', {
    body: {
      ...{ accountId: ana.professionalId, description: 'Celular perdido no ônibus' },
      ...{ from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' },
    },
  });
  await ana.api('GET /clients/export.csv');
  await ana.api('POST /policies', { body: { kind: 'privacy', body: '# Dados\nTexto\n- um\n- dois' } });
  const { body: texts } = await ana.api('GET /consent-texts');
  const { body: settings } = await ana.api('GET /privacy-settings');
  await openSignedIn(stage.server, page, email, `/clientes/${id}`);
  const consents = page.getByRole('region', { name: 'Consentimentos' });
  await press(screen, consents.getByRole('button', { name: 'Ações de Uso de imagem' }));
  await press(screen, page.getByRole('menuitem', { name: 'Registrar resposta' }));
  await page.getByRole('dialog', { name: 'Uso de imagem' }).getByText('Ler o texto').waitFor();
  await look('registrar consentimento');
  for (const [path, heading] of [
    ['/configuracoes/termos', 'Termos de consentimento'],
    [`/clientes/${id}/termo/${texts.items[0]?.id ?? ''}`, 'Mensagens'],
    ['/incidentes', 'Incidentes com dados'],
    [`/incidentes/${incident.id}`, 'O que a ANPD pergunta'],
    ['/configuracoes/privacidade', 'Quem responde pelos dados'],
    [settings.publicPath, 'Aviso de privacidade'],
    ['/privacidade', 'Cada clínica tem o seu aviso de privacidade'],
  ] as const) {
    await page.goto(path);
    await page.getByRole('heading', { name: heading }).first().waitFor();
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    await look(path);
  }
}

it.each(screens)(
  'on a %s axe finds nothing on these pages, light and dark, narrow and zoomed',
  async (screen) => {
    const page = await stage.openDevice(screen);
    expect(await lookAtPages(page, screen, (look) => walk(page, screen, look))).toEqual([]);
  },
  300_000,
);
