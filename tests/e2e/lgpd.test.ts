import { expect, it } from 'vitest';
import { expectSoon, openSignedIn, prepareStage, press, registerClients, screens } from './clinic.ts';
import { lookAtPages } from './page-checks.ts';

const stage = prepareStage();

it.each(screens)('on a %s a request is noted, answered by a copy, and seen on its list', async (screen) => {
  const domain = await stage.openClinic();
  const ana = await stage.server.signIn(`ana@${domain}`);
  await registerClients(ana, [{ firstName: 'Ágata', lastName: 'Nóbrega' }]);
  const page = await stage.openDevice(screen);
  await openSignedIn(stage.server, page, `ana@${domain}`, '/lgpd');
  await page.getByRole('heading', { name: 'Nenhum pedido em aberto' }).waitFor();
  await press(screen, page.getByRole('button', { name: 'Novo pedido' }));
  const form = page.getByRole('dialog', { name: 'Novo pedido' });
  await form.getByRole('textbox', { name: 'Cliente' }).fill('agata');
  await press(screen, form.getByRole('button', { name: 'Ágata Nóbrega' }));
  await form.getByRole('textbox', { name: 'Como a pessoa foi identificada' }).fill('RG visto no balcão');
  await press(screen, form.getByRole('button', { name: 'Registrar pedido' }));
  const row = page.getByRole('list', { name: 'Pedidos' }).getByRole('listitem', { name: 'Ágata Nóbrega' });
  await row.getByText(/^Responder até/).waitFor();

  await press(screen, row.getByRole('button', { name: 'Ações do pedido' }));
  await press(screen, page.getByRole('menuitem', { name: 'Fazer cópia dos dados…' }));
  const copy = page.getByRole('dialog', { name: 'Cópia dos dados de Ágata Nóbrega' });
  await press(screen, copy.getByRole('button', { name: 'Criar link' }));
  const link = await copy.getByRole('textbox', { name: 'Link da cópia' }).inputValue();
  await copy.getByText('A cópia está pronta.').waitFor();
  await press(screen, copy.getByRole('button', { name: 'Pronto' }));
  await row.getByText(/ainda não baixada$/).waitFor();

  const stranger = await stage.openDevice(screen);
  const path = new URL(link).pathname;
  await stranger.goto(`${stage.server.address}${path}`);
  const [file] = await Promise.all([
    stranger.waitForEvent('download'),
    stranger.getByRole('button', { name: 'Baixar' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('meus-dados.zip');
  await file.path();
  await expectSoon(async () => (await fetch(`${stage.server.address}${path}`)).status).toBe(404);

  await press(screen, row.getByRole('button', { name: 'Ações do pedido' }));
  await press(screen, page.getByRole('menuitem', { name: 'Responder…' }));
  const answer = page.getByRole('dialog', { name: 'Responder a Ágata Nóbrega' });
  await answer.getByRole('textbox', { name: 'O que foi respondido' }).fill('Cópia entregue');
  await press(screen, answer.getByRole('button', { name: 'Marcar como respondido' }));
  await page.getByRole('heading', { name: 'Nenhum pedido em aberto' }).waitFor();
  await page.getByRole('combobox', { name: 'Mostrar' }).selectOption({ label: 'Respondidos' });
  await row.getByText(/^Respondido em .* por Ana/).waitFor();
  await row.getByText(/, baixada em /).waitFor();
});

it('by keyboard alone a client is made anonymous from the card, after the preview', async () => {
  const domain = await stage.openClinic();
  const ana = await stage.server.signIn(`ana@${domain}`);
  const [id = ''] = await registerClients(ana, [{ firstName: 'Íris', lastName: 'Paz', notes: 'dor' }]);
  const [plain = ''] = await registerClients(ana, [{ firstName: 'Lia', lastName: 'Sá' }]);
  const page = await stage.openDevice('computer');
  const openPreview = async (client: string, name: string) => {
    await page.goto(`${stage.server.address}/clientes/${client}`);
    const more = page.getByRole('dialog', { name }).getByRole('button', { name: 'Mais ações' });
    await more.focus();
    await page.keyboard.press('Enter');
    const item = page.getByRole('menuitem', { name: 'Tornar anônimo…' });
    await item.focus();
    await page.keyboard.press('Enter');
    return page.getByRole('dialog', { name: `Tornar anônimo o cadastro de ${name}?` });
  };
  await openSignedIn(stage.server, page, `ana@${domain}`);
  const kept = await openPreview(id, 'Íris Paz');
  await kept.getByText('Lei 13.787/2018, art. 6º').waitFor();
  await kept.getByText(/^Até \d\d\/\d\d\/20\d\d$/).waitFor();
  expect(await kept.getByRole('button', { name: 'Tornar anônimo' }).isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
  await kept.waitFor({ state: 'hidden' });

  const free = await openPreview(plain, 'Lia Sá');
  const sure = free.getByRole('checkbox', { name: 'Entendi que não dá para desfazer' });
  await sure.focus();
  await page.keyboard.press('Space');
  const act = free.getByRole('button', { name: 'Tornar anônimo' });
  await act.focus();
  await page.keyboard.press('Enter');
  await page.getByText('O cadastro não diz mais de quem é.').waitFor();
  await page.getByRole('dialog', { name: 'Cliente anonimizado' }).waitFor();
});

it.each(screens)('on a %s the card and the row of somebody anonymous offer nothing that is refused', async (screen) => {
  const domain = await stage.openClinic();
  const ana = await stage.server.signIn(`ana@${domain}`);
  const [id = '', archived = ''] = await registerClients(ana, [
    { firstName: 'Íris', lastName: 'Paz', dateOfBirth: '1980-05-06' },
    { firstName: 'Lia', lastName: 'Sá' },
  ]);
  await ana.api('POST /consent-texts', { body: { purpose: 'images', title: 'Imagem', body: 'fotos' } });
  await ana.api('POST /clients/{id}/anonymize', { params: { id }, body: {} });
  await ana.api('DELETE /clients/{id}', { params: { id: archived }, headers: { 'if-match': '*' } });
  const page = await stage.openDevice(screen);
  await openSignedIn(stage.server, page, `ana@${domain}`, `/clientes/${id}`);
  const card = page.getByRole('dialog', { name: 'Cliente anonimizado' });
  await card
    .getByRole('note')
    .getByText(/^Este cadastro está anônimo/)
    .waitFor();
  await card.getByText('nasceu em 1980').waitFor();
  await press(screen, card.getByRole('button', { name: 'Mais ações' }));
  await page.getByRole('menuitem', { name: 'Quem viu' }).waitFor();
  expect(await page.getByRole('menuitem').allTextContents()).toEqual([
    'Imprimir',
    'Quem viu',
    'Baixar os dados em JSON',
  ]);
  await page.keyboard.press('Escape');
  await press(screen, card.getByRole('tab', { name: 'Atendimentos' }));
  await card.getByText('Nenhum atendimento.').waitFor();
  for (const name of ['Restaurar', 'Novo pacote', 'Agendar'])
    expect([name, await card.getByRole('button', { name }).count()]).toEqual([name, 0]);
  expect(await card.getByRole('link', { name: 'Editar' }).count()).toBe(0);
  expect(await card.getByRole('region', { name: 'Consentimentos' }).count()).toBe(0);

  await page.goto(`/clientes/${id}/editar`);
  await page.getByRole('heading', { name: 'Este cadastro está anônimo' }).waitFor();
  expect(await page.getByRole('button', { name: 'Salvar' }).count()).toBe(0);

  await page.goto('/clientes?status=archived');
  const row = page.getByRole('listitem', { name: 'Cliente anonimizado' });
  await row.getByText('Arquivado', { exact: true }).waitFor();
  // Its name, and the box that chooses it.
  expect(await row.getByRole('button').count()).toBe(0);
  expect(await row.getByRole('link').count()).toBe(1);

  await page.goto(`/clientes/${archived}`);
  await press(screen, page.getByRole('dialog', { name: 'Lia Sá' }).getByRole('button', { name: 'Restaurar' }));
  await page.getByRole('dialog', { name: 'Lia Sá' }).getByRole('button', { name: 'Agendar' }).waitFor();
});

it.each(screens)(
  'on a %s the desk, its dialogs and the page of a copy have no fault that axe finds',
  async (screen) => {
    const domain = await stage.openClinic();
    const ana = await stage.server.signIn(`ana@${domain}`);
    const [clientId = ''] = await registerClients(ana, [{ firstName: 'Ágata', lastName: 'Nóbrega', notes: 'dor' }]);
    const about = { clientId, identifiedBy: 'RG visto no balcão' };
    const past = new Date(Date.now() - 86_400_000).toISOString();
    const { body: late } = await ana.api('POST /data-requests', { body: { ...about, kind: 'deletion', dueAt: past } });
    await ana.api('POST /data-requests', { body: { ...about, kind: 'access' } });
    await ana.api('POST /clients/{id}/copies', { params: { id: clientId }, body: { dataRequestId: late.id } });
    const page = await stage.openDevice(screen);
    await openSignedIn(stage.server, page, `ana@${domain}`);
    const found = await lookAtPages(page, screen, async (look) => {
      await page.goto(`${stage.server.address}/lgpd`);
      const row = page.getByRole('list', { name: 'Pedidos' }).getByRole('listitem', { name: 'Ágata Nóbrega' }).first();
      await row.getByText(/^Atrasado/).waitFor();
      await look('desk');
      await page.goto(`${stage.server.address}/lgpd?cliente=${clientId}`);
      await page.getByRole('dialog', { name: 'Novo pedido' }).getByText('Ágata Nóbrega').waitFor();
      await look('new request');
      await page.goto(`${stage.server.address}/lgpd`);
      await row.getByRole('button', { name: 'Ações do pedido' }).click();
      await page.getByRole('menuitem', { name: 'Tornar anônimo…' }).click();
      await page.getByText('Lei 13.787/2018, art. 6º').waitFor();
      await look('preview');
      await page.goto(`${stage.server.address}/lgpd`);
      await row.getByRole('button', { name: 'Ações do pedido' }).click();
      await page.getByRole('menuitem', { name: 'Fazer cópia dos dados…' }).click();
      await page.getByRole('button', { name: 'Criar link' }).click();
      await page.getByText('A cópia está pronta.').waitFor();
      await look('link');
      await page.goto(`${stage.server.address}/copia/${'x'.repeat(43)}`);
      await page.getByRole('heading', { name: 'Cópia dos seus dados' }).waitFor();
      await look('page of the copy');
    });
    expect(found).toEqual([]);
  },
);

it('the page of a copy says when it could not be looked for, and looks again', async () => {
  const page = await stage.openDevice('phone');
  const archive = /\/api\/v1\/copies\//;
  await page.route(archive, (route) => route.fulfill({ status: 503 }));
  await page.goto(`/copia/${'x'.repeat(43)}`);
  await page.getByRole('heading', { name: 'Não foi possível procurar a cópia' }).waitFor();
  await page.unroute(archive);
  await page.getByRole('button', { name: 'Tentar de novo' }).tap();
  await page.getByText('Procurando a cópia…').waitFor();
});
