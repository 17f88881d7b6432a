import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { ClientInput } from '../../src/shared/contracts/clients.ts';
import type { SignedIn } from '../support/server.ts';
import { expectSoon, openSignedIn, prepareStage, receiveCode, registerClients, screens, walkTo } from './clinic.ts';
import { card } from './locators.ts';

const stage = prepareStage();

const field = (page: Page, name: string) =>
  page.getByRole(name === 'Etiquetas' ? 'combobox' : 'textbox', { name, exact: true });
const save = (page: Page) => page.getByRole('button', { name: 'Salvar', exact: true }).click();
const isFocused = (page: Page, name: string) =>
  field(page, name).evaluate((element) => element === document.activeElement);

/** Opens a page as Bruno, and signs him in over HTTP too. */
async function openAsBruno(page: Page, path: string) {
  const email = `bruno@${await stage.openClinic()}`;
  const bruno = await stage.server.signIn(email);
  await openSignedIn(stage.server, page, email, path);
  return { bruno };
}

/** Writes Rosa's new surname, but saves it only after somebody else's change. @returns Rosa's id */
async function saveAfter(page: Page, bruno: SignedIn, change: Partial<ClientInput>): Promise<string> {
  const [id = ''] = await registerClients(bruno, [{ firstName: 'Rosa', lastName: 'Lima', phone: '11987654321' }]);
  await page.goto(`/clientes/${id}/editar`);
  await field(page, 'Sobrenome').fill('Lima Duarte');
  await bruno.api('PATCH /clients/{id}', { params: { id }, headers: { 'if-match': '"1"' }, body: change });
  await save(page);
  return id;
}

describe.each(screens)('on a %s', (screen) => {
  it('registers a client whose CEP tells the city', async () => {
    const page = await stage.openDevice(screen);
    const { bruno } = await openAsBruno(page, '/clientes/novo');
    await field(page, 'Nome').fill('Dalva');
    await field(page, 'Sobrenome').fill('de Oliveira');
    await field(page, 'Telefone').pressSequentially('24987654321');
    expect(await field(page, 'Telefone').inputValue()).toBe('(24) 98765-4321');
    await field(page, 'CPF').pressSequentially('52998224725');
    await field(page, 'CEP').pressSequentially('25620000');
    await expectSoon(() => field(page, 'Cidade').inputValue()).toBe('Petrópolis');
    expect(await page.getByRole('combobox', { name: 'Estado', exact: true }).inputValue()).toBe('RJ');
    await save(page);
    await card(page, 'Dalva de Oliveira').waitFor();
    const { body } = await bruno.api('GET /clients');
    const { body: client } = await bruno.api('GET /clients/{id}', { params: { id: body.items[0]?.id ?? '' } });
    expect(client).toMatchObject({
      phone: '+5524987654321',
      document: '52998224725',
      address: { postalCode: '25620000', city: 'Petrópolis', state: 'RJ' },
    });
  });

  it('moves to the first of the errors, and names each in words', async () => {
    const page = await stage.openDevice(screen);
    await openAsBruno(page, '/clientes/novo');
    await field(page, 'Telefone').fill('123');
    await field(page, 'CPF').fill('111.111.111-11');
    await save(page);
    await expectSoon(() => isFocused(page, 'Nome')).toBe(true);
    for (const name of ['Nome', 'Telefone', 'CPF']) {
      expect(await field(page, name).getAttribute('aria-invalid')).toBe('true');
      const note = page.locator(`[id="${(await field(page, name).getAttribute('aria-describedby')) ?? ''}"]`);
      expect((await note.innerText()).length).toBeGreaterThan(10);
    }
    expect(new URL(page.url()).pathname).toBe('/clientes/novo');
  });

  it('says who has a phone already, and lets a family share it', async () => {
    const page = await stage.openDevice(screen);
    const { bruno } = await openAsBruno(page, '/clientes/novo');
    await registerClients(bruno, [{ firstName: 'Maria', lastName: 'Souza', phone: '11987654321' }]);
    await field(page, 'Nome').fill('João');
    await field(page, 'Sobrenome').fill('Souza');
    await field(page, 'Telefone').fill('(11) 98765-4321');
    await save(page);
    await page.getByText('Este telefone já é de Maria Souza.').waitFor();
    await expectSoon(() => isFocused(page, 'Telefone')).toBe(true);
    await page.getByRole('button', { name: 'É a mesma família: usar assim mesmo' }).click();
    await save(page);
    await card(page, 'João Souza').waitFor();
  });

  it('lets the person choose when the client changed meanwhile', async () => {
    const page = await stage.openDevice(screen);
    const { bruno } = await openAsBruno(page, '/clientes');
    const id = await saveAfter(page, bruno, { lastName: 'Limeira', profession: 'Bordadeira' });
    const choice = page.getByRole('dialog', { name: 'Este cadastro mudou enquanto você editava' });
    const names = choice.getByRole('group', { name: 'Sobrenome' });
    await names.getByText('Limeira').waitFor();
    await names.getByText('Lima Duarte').waitFor();
    await choice.getByText('Bordadeira').waitFor();
    await names.getByRole('radio', { name: /O que está salvo agora/ }).check();
    await names.getByRole('radio', { name: /O que você escreveu/ }).check();
    await choice.getByRole('button', { name: 'Salvar assim' }).click();
    await card(page, 'Rosa Lima Duarte').waitFor();
    const { body } = await bruno.api('GET /clients/{id}', { params: { id } });
    expect([body.lastName, body.profession]).toEqual(['Lima Duarte', 'Bordadeira']);
  });

  it('saves at once when nothing on the page changed meanwhile', async () => {
    const page = await stage.openDevice(screen);
    const { bruno } = await openAsBruno(page, '/clientes');
    const id = await saveAfter(page, bruno, { extra: { Convênio: 'antigo' } });
    await card(page, 'Rosa Lima Duarte').waitFor();
    const { body } = await bruno.api('GET /clients/{id}', { params: { id } });
    expect([body.lastName, body.extra]).toEqual(['Lima Duarte', { Convênio: 'antigo' }]);
  });

  it('begins with what was searched, offers proper names, takes a pasted date, and goes on to the next client', async () => {
    const page = await stage.openDevice(screen);
    const { bruno } = await openAsBruno(page, '/clientes?q=MARIA+das+dores');
    await page.getByRole('link', { name: 'Cadastrar “MARIA das dores”' }).click();
    expect(await field(page, 'Nome').inputValue()).toBe('MARIA');
    await field(page, 'Sobrenome').fill('das dores silva');
    await field(page, 'Telefone').fill('11987650001');
    await page.getByRole('button', { name: 'Usar “Maria”' }).click();
    await page.getByRole('button', { name: 'Usar “das Dores Silva”' }).click();
    await field(page, 'Data de nascimento').fill('5 de março de 1981');
    await field(page, 'CPF').focus();
    expect(await field(page, 'Data de nascimento').inputValue()).toBe('05/03/1981');
    if (screen === 'phone') {
      expect(await field(page, 'RG').count()).toBe(0);
      await page.getByRole('button', { name: 'Outro número, RG, Nome social' }).tap();
      await expectSoon(() => isFocused(page, 'Outro número')).toBe(true);
    }
    await field(page, 'RG').fill('12.345');
    await page.getByRole('checkbox', { name: 'Salvar e cadastrar outro' }).check();
    await save(page);
    await page.getByText('Maria das Dores Silva: cadastro salvo.').waitFor();
    await expectSoon(() => isFocused(page, 'Nome')).toBe(true);
    expect(await field(page, 'Sobrenome').inputValue()).toBe('');
    await field(page, 'Nome').fill('Caio');
    await page.getByRole('checkbox', { name: 'Salvar e cadastrar outro' }).uncheck();
    await save(page);
    await card(page, 'Caio').waitFor();
    const { body } = await bruno.api('GET /clients');
    expect(body.items.map(({ firstName, lastName, dateOfBirth }) => [firstName, lastName, dateOfBirth])).toEqual([
      ['Caio', null, null],
      ['Maria', 'das Dores Silva', '1981-03-05'],
    ]);
  });

  it('asks before typed words are left behind', async () => {
    const page = await stage.openDevice(screen);
    await openAsBruno(page, '/clientes');
    await page.getByRole('link', { name: 'Novo cliente' }).click();
    await field(page, 'Nome').fill('Quase');
    await page.goBack();
    const question = page.getByRole('alertdialog', { name: 'Sair sem salvar?' });
    await question.getByRole('button', { name: 'Continuar editando' }).click();
    expect(await field(page, 'Nome').inputValue()).toBe('Quase');
    await page.getByRole('button', { name: 'Cancelar' }).click();
    await question.getByRole('button', { name: 'Sair sem salvar' }).click();
    await page.getByRole('heading', { level: 1, name: 'Clientes' }).waitFor();
  });
});

it('takes tags with a thumb, and says when there are as many as there can be', async () => {
  const page = await stage.openDevice('phone');
  await openAsBruno(page, '/clientes/novo');
  const empty = await page.locator('.tags-input').boundingBox();
  await field(page, 'Etiquetas').fill('diabetes,pé de risco,');
  for (const target of [page.getByRole('button', { name: 'Tirar a etiqueta pé de risco' }), field(page, 'Etiquetas')]) {
    const box = await target.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  }
  expect(empty?.height).toBe((await field(page, 'Sobrenome').boundingBox())?.height);
  await page.getByText('Enter escolhe a sugestão; vírgula cria a etiqueta como escrita').waitFor();
  await field(page, 'Etiquetas').fill(`${Array.from({ length: 18 }, (_, index) => `n${index}`).join(',')},`);
  await page.getByText('São 20 etiquetas, o máximo: tire uma para incluir outra.').waitFor();
  await field(page, 'Etiquetas').fill('mais uma,');
  await page.getByRole('alert').getByText('Cabem 20 etiquetas: tire 1.').waitFor();
  await page.getByRole('button', { name: 'Tirar a etiqueta mais uma' }).tap();
  await page.getByText('São 20 etiquetas, o máximo: tire uma para incluir outra.').waitFor();
});

it('is used by keyboard alone, from sign-in to a saved client', async () => {
  const email = `bruno@${await stage.openClinic()}`;
  const page = await stage.openDevice('computer');
  const { keyboard } = page;
  await page.goto('/entrar');
  await expectSoon(() => isFocused(page, 'E-mail')).toBe(true);
  await keyboard.type(email);
  const code = await receiveCode(stage.server, email, () => keyboard.press('Enter'));
  await expectSoon(() => isFocused(page, 'Código de acesso')).toBe(true);
  await keyboard.type(code);
  await page.getByRole('heading', { level: 1, name: 'Clientes' }).waitFor();
  await walkTo(page, page.getByRole('link', { name: 'Novo cliente' }));
  await keyboard.press('Enter');
  await expectSoon(() => isFocused(page, 'Nome')).toBe(true);
  await keyboard.type('Tecla');
  await walkTo(page, field(page, 'Sobrenome'));
  await keyboard.type('Silva');
  await walkTo(page, field(page, 'Telefone'));
  await keyboard.type('11987654321');
  await walkTo(page, page.getByRole('button', { name: 'Salvar' }));
  await keyboard.press('Enter');
  await card(page, 'Tecla Silva').waitFor();
  await keyboard.press('Escape');
  await card(page, 'Tecla Silva').waitFor({ state: 'detached' });
  await keyboard.press('/');
  await keyboard.type('tecla');
  await page.getByRole('listitem', { name: 'Tecla Silva' }).waitFor();
  await keyboard.press('Enter');
  await keyboard.press('Enter');
  await card(page, 'Tecla Silva').waitFor();
});

it('offers a phone’s letters for a CNPJ that has some', async () => {
  const page = await stage.openDevice('phone');
  const { bruno } = await openAsBruno(page, '/clientes/novo');
  await field(page, 'Nome').fill('Ateliê Calma');
  const cnpj = field(page, 'CPF');
  const letters = page.getByRole('button', { name: 'Escrever letras, de um CNPJ' });
  expect([await cnpj.getAttribute('inputmode'), await letters.count()]).toEqual(['numeric', 0]);
  await cnpj.tap();
  await letters.tap();
  expect([await cnpj.getAttribute('inputmode'), await isFocused(page, 'CPF')]).toEqual(['text', true]);
  await cnpj.pressSequentially('12abc34501de35');
  await save(page);
  await card(page, 'Ateliê Calma').getByText('12.ABC.345/01DE-35').waitFor();
  const { body } = await bruno.api('GET /clients');
  expect(body.items.map(({ document }) => document)).toEqual(['12ABC34501DE35']);
});

it('begins with what was searched also after an older draft is discarded', async () => {
  const page = await stage.openDevice('computer');
  await openAsBruno(page, '/clientes/novo');
  await field(page, 'Nome').fill('Outra Pessoa');
  await page.goto('/clientes/novo?nome=maria%20da%20silva');
  await page.getByText('Recuperamos o que você tinha escrito e não salvou.').waitFor();
  expect(await field(page, 'Nome').inputValue()).toBe('Outra Pessoa');
  await page.getByRole('button', { name: 'Descartar' }).click();
  await expectSoon(() => field(page, 'Nome').inputValue()).toBe('Maria');
  expect(await field(page, 'Sobrenome').inputValue()).toBe('da Silva');
});

it('reception is asked for the professional right after who it is and the phone', async () => {
  const page = await stage.openDevice('phone');
  await openSignedIn(stage.server, page, `carla@${await stage.openClinic()}`, '/clientes/novo');
  const identity = page.getByRole('group', { name: 'Identificação' });
  await identity.getByRole('combobox', { name: 'Profissional' }).waitFor();
  const labels = await identity.locator('label').allInnerTexts();
  expect(labels.map((label) => label.split(/\s/)[0])).toEqual([
    'Nome',
    'Sobrenome',
    'Telefone',
    'Data',
    'Profissional',
  ]);
});
