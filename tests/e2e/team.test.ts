import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  expectFocusInside,
  expectSoon,
  isInSight,
  openSignedIn,
  prepareStage,
  press,
  registerClients,
  screens,
  signIn,
} from './clinic.ts';
import { row } from './locators.ts';

const stage = prepareStage();

const panel = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });

/** Opens the team's page as Ana. */
async function openTeam(page: Page) {
  const domain = await stage.openClinic();
  await openSignedIn(stage.server, page, `ana@${domain}`, '/profissionais');
  await row(page, 'Bruno').waitFor();
  return domain;
}

async function openPerson(page: Page, name: string) {
  await row(page, name).getByRole('link', { name }).click();
  await panel(page, name).getByRole('heading', { name: 'Acesso' }).waitFor();
  return panel(page, name);
}

describe.each(screens)('on a %s', (screen) => {
  it('invites a person, who signs in with the address', async () => {
    const page = await stage.openDevice(screen);
    const domain = await openTeam(page);
    await press(screen, page.getByRole('button', { name: 'Convidar', exact: true }));
    const dialog = panel(page, 'Convidar profissional');
    await dialog.getByRole('textbox', { name: 'E-mail' }).fill('bruno');
    await dialog.getByRole('textbox', { name: 'Nome', exact: true }).fill('Dora');
    await dialog.getByRole('radio', { name: /^Recepção/ }).check();
    await dialog.getByRole('button', { name: 'Enviar convite' }).click();
    const email = dialog.getByRole('textbox', { name: 'E-mail' });
    await expectSoon(() => email.evaluate((element) => element === document.activeElement)).toBe(true);
    await email.fill(`bruno@${domain}`);
    await dialog.getByRole('button', { name: 'Enviar convite' }).click();
    await dialog.getByText('Alguém da clínica já tem este e-mail. Use outro e-mail.').waitFor();
    await email.fill(`dora@${domain}`);
    await dialog.getByRole('button', { name: 'Enviar convite' }).click();
    await row(page, 'Dora').getByText('Convite enviado').waitFor();
    await row(page, 'Dora')
      .getByText(/Recepção/)
      .waitFor();

    const dora = await stage.openDevice(screen);
    await signIn(stage.server, dora, `dora@${domain}`);
    expect(await dora.getByRole('navigation').getByRole('link', { name: 'Profissionais' }).count()).toBe(0);
    await dora.goto('/profissionais');
    await dora.getByRole('heading', { name: 'Só a administração cuida da equipe' }).waitFor();
  });

  it('changes name and role of others, and nobody’s own rights', async () => {
    const page = await stage.openDevice(screen);
    const domain = await openTeam(page);
    const bruno = await openPerson(page, 'Bruno');
    await bruno.getByRole('textbox', { name: 'Sobrenome' }).fill('Prado');
    await bruno.getByRole('radio', { name: /^Recepção/ }).check();
    await bruno.getByRole('button', { name: 'Salvar' }).click();
    await panel(page, 'Bruno Prado').waitFor();
    expect((await (await stage.server.signIn(`bruno@${domain}`)).api('GET /me')).body.role).toBe('reception');
    await page.keyboard.press('Escape');

    const ana = await openPerson(page, 'Ana');
    await ana.getByText(/^Ninguém muda os próprios direitos/).waitFor();
    expect(await ana.getByRole('radio').count()).toBe(0);
  });

  it('ends a device, deactivates with a reason and a transfer, and reactivates', async () => {
    const page = await stage.openDevice(screen);
    const domain = await openTeam(page);
    const bruno = await stage.server.signIn(`bruno@${domain}`, { id: 'aparelho-de-bruno', name: 'Tablet da sala 2' });
    const [id = ''] = await registerClients(bruno, [{ firstName: 'Helena' }]);
    const person = await openPerson(page, 'Bruno');
    await person.getByRole('button', { name: 'Desconectar Tablet da sala 2' }).click();
    await person.getByText('Sem acesso aberto em nenhum aparelho.').waitFor();
    await expect(bruno.api('GET /me')).rejects.toMatchObject({ status: 401 });

    await person.getByRole('button', { name: 'Desativar acesso' }).click();
    const question = panel(page, 'Desativar o acesso de Bruno?');
    await question.getByRole('button', { name: 'Desativar' }).click();
    const reason = question.getByRole('textbox', { name: 'Motivo' });
    await expectSoon(() => reason.getAttribute('aria-invalid')).toBe('true');
    await reason.fill('Mudou de cidade');
    await question.getByRole('combobox', { name: 'Clientes desta pessoa' }).selectOption({ label: 'Passam para Ana' });
    await question.getByText(/^Vai junto: 1 cliente\./).waitFor();
    await question.getByRole('button', { name: 'Desativar' }).click();
    await person.getByText(/Mudou de cidade/).waitFor();
    await person.getByText(/1 cliente passou para Ana em/).waitFor();
    await expectFocusInside(page, person);
    const ana = await stage.server.signIn(`ana@${domain}`);
    const { body } = await ana.api('GET /clients/{id}', { params: { id } });
    expect(body.professionalId).toBe(ana.professionalId);

    await person.getByRole('button', { name: 'Reativar acesso' }).click();
    await person.getByRole('button', { name: 'Desativar acesso' }).waitFor();
    await expectFocusInside(page, person);
    // The message offered to undo what is undone now, over what is offered in its place.
    await expectSoon(() => page.getByText('Bruno não tem mais acesso.').count()).toBe(0);
    await expectSoon(() => isInSight(person.getByRole('button', { name: 'Trazer tudo de volta' }))).toBe(true);
    await person.getByRole('button', { name: 'Trazer tudo de volta' }).click();
    await page.getByText('Clientes de volta: 1.').waitFor();
    await expectFocusInside(page, person);
    const { body: back } = await ana.api('GET /clients/{id}', { params: { id } });
    expect(back.professionalId).toBe(bruno.professionalId);
    await page.keyboard.press('Escape');
    await row(page, 'Bruno').getByText('Ativo').waitFor();
  });
});

it('takes a deactivation back as a whole from its message', async () => {
  const page = await stage.openDevice('computer');
  const domain = await openTeam(page);
  const bruno = await stage.server.signIn(`bruno@${domain}`);
  const [id = ''] = await registerClients(bruno, [{ firstName: 'Helena' }]);
  const person = await openPerson(page, 'Bruno');
  await person.getByRole('button', { name: 'Desativar acesso' }).click();
  const question = panel(page, 'Desativar o acesso de Bruno?');
  await question.getByRole('textbox', { name: 'Motivo' }).fill('Engano');
  await question.getByRole('combobox', { name: 'Clientes desta pessoa' }).selectOption({ label: 'Passam para Ana' });
  await question.getByRole('button', { name: 'Desativar' }).click();
  await page.getByRole('button', { name: 'Desfazer' }).click();
  await person.getByRole('button', { name: 'Desativar acesso' }).waitFor();
  await expectFocusInside(page, person);
  const ana = await stage.server.signIn(`ana@${domain}`);
  const ownerOf = async () => (await ana.api('GET /clients/{id}', { params: { id } })).body.professionalId;
  await expectSoon(ownerOf).toBe(bruno.professionalId);
});

describe('two people at once', () => {
  it('see what the other changes, in the list and on the open card, and hear nothing after signing out', async () => {
    const domain = await stage.openClinic();
    const bruno = await stage.server.signIn(`bruno@${domain}`);
    const [id = ''] = await registerClients(bruno, [{ firstName: 'Rosa', lastName: 'Lima' }]);
    const page = await stage.openDevice('computer');
    const streams = watchStreams(page);
    await openSignedIn(stage.server, page, `ana@${domain}`);
    await row(page, 'Rosa Lima').waitFor();
    await expectSoon(() => streams.open).toBe(1);

    await registerClients(bruno, [{ firstName: 'Íris', lastName: 'Nova' }]);
    await row(page, 'Íris Nova').waitFor();
    await row(page, 'Rosa Lima').getByRole('link', { name: 'Rosa Lima' }).click();
    await panel(page, 'Rosa Lima').getByRole('tab', { name: 'Dados' }).waitFor();
    const changed = { params: { id }, headers: { 'if-match': '"1"' }, body: { lastName: 'Lima Duarte' } };
    await bruno.api('PATCH /clients/{id}', changed);
    await panel(page, 'Rosa Lima Duarte').waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: /^Conta/ }).click();
    await page.getByRole('menuitem', { name: 'Sair' }).click();
    await page.getByRole('heading', { level: 1, name: 'Boas-vindas' }).waitFor();
    await expectSoon(() => streams.open).toBe(0);
    expect(streams.opened).toBe(1);
  });

  it('hear of each other again after the connection was lost', async () => {
    const domain = await stage.openClinic();
    const bruno = await stage.server.signIn(`bruno@${domain}`);
    const page = await stage.openDevice('phone');
    const streams = watchStreams(page);
    await openSignedIn(stage.server, page, `ana@${domain}`);
    await expectSoon(() => streams.open).toBe(1);
    stage.server.app.server.closeAllConnections();
    await registerClients(bruno, [{ firstName: 'Íris', lastName: 'Nova' }]);
    await row(page, 'Íris Nova').waitFor();
    await expectSoon(() => streams.opened).toBe(2);
    await registerClients(bruno, [{ firstName: 'Ugo', lastName: 'Tarde' }]);
    await row(page, 'Ugo Tarde').waitFor();
  });

  it('see a colleague who is invited meanwhile', async () => {
    const page = await stage.openDevice('computer');
    const domain = await openTeam(page);
    const ana = await stage.server.signIn(`ana@${domain}`);
    const { body } = await ana.api('GET /professionals');
    const bruno = body.items.find(({ firstName }) => firstName === 'Bruno');
    const params = { id: bruno?.id ?? '' };
    const headers = { 'if-match': '*' };
    await ana.api('PATCH /professionals/{id}', { params, headers, body: { role: 'administrator' } });
    const second = await stage.server.signIn(`bruno@${domain}`);
    const newcomer = { email: `eva@${domain}`, firstName: 'Eva', role: 'reception' } as const;
    await second.api('POST /professionals', { body: newcomer });
    await row(page, 'Eva').waitFor();
  });

  it('are told that a room or a kind of visit has changed, instead of losing the other’s change', async () => {
    const page = await stage.openDevice('computer');
    const email = `ana@${await stage.openClinic()}`;
    const ana = await stage.server.signIn(email);
    const { body: room } = await ana.api('POST /rooms', { body: { name: 'Sala 1' } });
    const listTypes = async () => (await ana.api('GET /visit-types')).body.items;
    const type = (await listTypes()).find(({ key }) => key === 'consulta');
    const dialog = page.getByRole('dialog');
    const write = async (name: string) => {
      await dialog.getByRole('textbox', { name: 'Nome' }).fill(name);
      await dialog.getByRole('button', { name: 'Salvar' }).click();
    };
    const findOutAndTryAgain = async (theirs: string, mine: string) => {
      await dialog.getByText('Este cadastro mudou desde que você o abriu.').waitFor();
      await dialog.getByRole('button', { name: 'Voltar' }).click();
      await page.getByRole('button', { name: 'Sair sem salvar' }).click();
      await page.getByRole('button', { name: `Alterar ${theirs}` }).click();
      await write(mine);
      await dialog.waitFor({ state: 'detached' });
    };
    const headers = { 'if-match': '*' };
    await openSignedIn(stage.server, page, email, '/configuracoes/atendimentos');

    await page.getByRole('button', { name: 'Alterar Sala 1' }).click();
    await ana.api('PATCH /rooms/{id}', { params: { id: room.id }, headers, body: { name: 'Sala azul' } });
    await write('Sala verde');
    await findOutAndTryAgain('Sala azul', 'Sala verde');
    expect((await ana.api('GET /rooms')).body.items.map(({ name }) => name)).toEqual(['Sala verde']);

    await page.getByRole('button', { name: 'Alterar Consulta' }).click();
    await ana.api('PATCH /visit-types/{id}', { params: { id: type?.id ?? '' }, headers, body: { name: 'Sessão' } });
    await write('Visita');
    await findOutAndTryAgain('Sessão', 'Visita');
    expect((await listTypes()).find(({ key }) => key === 'consulta')?.name).toBe('Visita');
  });
});

/** Counts how many event streams the page opened, and how many are open now. */
function watchStreams(page: Page) {
  const streams = { opened: 0, open: 0 };
  const isStream = (url: string) => url.endsWith('/api/v1/events');
  page.on('response', (response) => {
    if (!isStream(response.url()) || !response.ok()) return;
    streams.opened++;
    streams.open++;
  });
  const end = (request: { url(): string }) => {
    if (isStream(request.url()) && streams.open > 0) streams.open--;
  };
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  return streams;
}
