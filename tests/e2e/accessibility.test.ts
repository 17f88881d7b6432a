import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openSignedIn, prepareStage, receiveCode, registerClients, screens } from './clinic.ts';
import { findByAxe, type Look, lookAtPages } from './page-checks.ts';

const stage = prepareStage({ isConcurrent: true });

/** Opens every page in its states, and calls `look` for each. */
async function walkPages(page: Page, look: Look): Promise<void> {
  const domain = await stage.openClinic();
  const email = `ana@${domain}`;
  await walkDesignSystem(page, look);
  await walkSignIn(page, email, look);
  const ana = await stage.server.signIn(email);
  const [id = ''] = await registerClients(ana, [
    {
      firstName: 'Maria Aparecida',
      lastName: 'Gonçalves de Albuquerque Vasconcelos',
      socialName: 'Wolfeschlegelsteinhausenbergerdorff-Vasconcelos',
      phone: '(11) 98765-4321',
      address: { city: 'São José do Vale do Rio Preto', state: 'RJ' },
    },
    { firstName: 'Ágata', lastName: 'Nóbrega' },
  ]);
  await ana.api('POST /saved-filters', { body: { name: 'Fluminenses', filters: { state: 'RJ' } } });
  await ana.api('POST /message-templates', { body: { name: 'Retorno', text: 'Olá, {nome}.' } });
  await openSignedIn(stage.server, page, email);
  await walkClients(page, id, look);
  await walkPalette(page, look);
  await walkMessages(page, id, look);
  const bruno = await stage.server.signIn(`bruno@${domain}`, { id: 'aparelho', name: 'Tablet da sala 2' });
  await registerClients(bruno, [{ firstName: 'Helena' }]);
  await walkTeam(page, bruno.professionalId, look);
  for (const [path, title] of [
    ['/configuracoes', 'Configurações'],
    ['/configuracoes/dispositivos', 'Meus dispositivos'],
    ['/configuracoes/etiquetas', 'Etiquetas'],
    ['/configuracoes/chaves-de-acesso', 'Chaves de acesso'],
    ['/auditoria', 'Auditoria'],
    [`/clientes/${id}/quem-viu`, 'Quem viu'],
    ['/clientes/imprimir-ficha', 'Ficha em branco'],
    ['/ajuda/recepcao-clientes', 'Clientes: achar, cadastrar, falar'],
    ['/nada', 'Esta página não existe'],
  ] as const) {
    await page.goto(path);
    await page.getByRole('heading', { name: title }).first().waitFor();
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    await look(title);
  }
}

async function walkDesignSystem(page: Page, look: Look): Promise<void> {
  await page.goto('/sistema-visual');
  await page.getByRole('heading', { name: 'Sistema visual' }).waitFor();
  await page.getByRole('heading', { name: 'Sem conexão', level: 2 }).waitFor();
  await look('sistema visual');
  for (const open of ['Abrir diálogo', 'Abrir painel', 'Abrir pergunta']) {
    await page.getByRole('button', { name: open }).click();
    await page.getByRole(open.includes('pergunta') ? 'alertdialog' : 'dialog').waitFor();
    await look(open);
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: 'Mostrar aviso com volta' }).click();
  await page.getByRole('button', { name: 'Desfazer' }).waitFor();
  await look('aviso');
  await page.getByRole('button', { name: 'Mais ações' }).click();
  await page.getByRole('menuitem', { name: 'Arquivar' }).waitFor();
  await look('menu');
}

async function walkTeam(page: Page, brunosId: string, look: Look): Promise<void> {
  await page.goto('/profissionais');
  await page.getByRole('listitem', { name: 'Bruno' }).waitFor();
  await look('profissionais');
  await page.getByRole('button', { name: 'Convidar', exact: true }).click();
  const invitation = page.getByRole('dialog', { name: 'Convidar profissional' });
  await look('convite');
  await invitation.getByRole('button', { name: 'Enviar convite' }).click();
  await invitation.getByRole('alert').first().waitFor();
  await look('convite com erros');
  await page.goto(`/profissionais/${brunosId}`);
  await page.getByRole('button', { name: 'Desconectar Tablet da sala 2' }).waitFor();
  await look('pessoa');
  await page.getByRole('button', { name: 'Desativar acesso' }).click();
  const question = page.getByRole('dialog', { name: 'Desativar o acesso de Bruno?' });
  await question.getByRole('button', { name: 'Desativar' }).click();
  await question.getByRole('alert').first().waitFor();
  await look('desativar com erros');
  await question.getByRole('textbox', { name: 'Motivo' }).fill('Mudou de cidade');
  await question.getByRole('button', { name: 'Desativar' }).click();
  await page.getByRole('button', { name: 'Reativar acesso' }).waitFor();
  await look('pessoa sem acesso');
}

async function walkSignIn(page: Page, email: string, look: Look): Promise<void> {
  await page.goto('/entrar');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await look('entrar');
  await receiveCode(stage.server, email, () => page.getByRole('button', { name: 'Receber código' }).click());
  await page.getByRole('textbox', { name: 'Código de acesso' }).fill('000000');
  await page.getByRole('alert').waitFor();
  await look('código errado');
  await page.getByRole('button', { name: 'Usar outro e-mail' }).click();
}

async function walkClients(page: Page, id: string, look: Look): Promise<void> {
  const name = 'Wolfeschlegelsteinhausenbergerdorff-Vasconcelos Gonçalves de Albuquerque Vasconcelos';
  await page.getByRole('listitem', { name }).waitFor();
  await look('clientes');
  await page.getByRole('button', { name: /^Filtr/ }).click();
  await look('filtros');
  await page.getByRole('searchbox', { name: 'Buscar clientes' }).fill('zzqx');
  await page.getByRole('heading', { name: 'Nenhum cliente com “zzqx”' }).waitFor();
  await look('busca vazia');
  await page.goto(`/clientes/${id}`);
  await page.getByRole('dialog', { name }).getByRole('heading', { name, exact: true }).waitFor();
  await look('cliente');
  await page.getByRole('dialog').getByRole('tab', { name: 'Histórico' }).click();
  await page.getByRole('tabpanel').getByRole('listitem').first().waitFor();
  await look('histórico');
  await page.goto('/clientes/novo');
  await page.getByRole('textbox', { name: 'Telefone' }).fill('123');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByRole('alert').first().waitFor();
  await look('formulário com erros');
  await page.goto(`/clientes/${id}/editar`);
  await page.getByRole('button', { name: 'Salvar' }).waitFor();
  await look('editar');
}

async function walkPalette(page: Page, look: Look): Promise<void> {
  await page.goto('/clientes');
  await page.getByRole('list', { name: 'Clientes' }).waitFor();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Buscar ou ir para' });
  await palette.getByRole('option').first().waitFor();
  await look('paleta');
  await palette.getByRole('combobox').fill('ágata');
  await palette.getByRole('option', { name: /Ágata/ }).waitFor();
  await look('paleta com busca');
  await page.goto('/clientes');
  await page.getByRole('list', { name: 'Clientes' }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Atalhos do teclado' }).waitFor();
  await look('atalhos');
  await page.keyboard.press('Escape');
}

async function walkMessages(page: Page, id: string, look: Look): Promise<void> {
  await page.goto(`/clientes/${id}`);
  await page.getByRole('dialog').getByRole('button', { name: 'Mais ações' }).click();
  await page.getByRole('menuitem', { name: 'Mensagem pronta' }).click();
  await page.getByRole('dialog', { name: 'Mensagem pelo WhatsApp' }).getByLabel('Mensagem pronta').waitFor();
  await look('mensagem');
  await page.goto('/configuracoes/mensagens');
  await page.getByRole('button', { name: 'Alterar Retorno' }).click();
  await page.getByRole('dialog', { name: 'Alterar mensagem' }).waitFor();
  await look('alterar mensagem');
  await page.keyboard.press('Escape');
  await look('mensagens prontas');
}

describe.concurrent.each(screens)('on a %s', (screen) => {
  it('axe finds nothing on any page, light and dark; none scrolls sideways narrow or zoomed, or breaks the policy', async () => {
    const page = await stage.openDevice(screen);
    const found = await lookAtPages(page, screen, (look) => walkPages(page, look));
    await page.context().close();
    expect(found).toEqual([]);
  }, 600_000);
});

it.each(screens)('on a %s axe finds nothing on the page of the API, light and dark', async (screen) => {
  const page = await stage.openDevice(screen);
  await page.goto('/api/v1/docs');
  await page.getByRole('heading', { level: 1 }).waitFor();
  const scrolling = page.locator('.wide').evaluateAll((all) => all.filter((e) => e.scrollWidth > e.clientWidth).length);
  expect(await scrolling).toBe(0);
  // One template writes them all, and axe takes minutes for hundreds of them: every tenth stays.
  await page.evaluate(() => {
    for (const article of document.querySelectorAll('article:not(:nth-of-type(10n + 1))')) article.remove();
  });
  expect(await findByAxe(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await findByAxe(page, ['color-contrast'])).toEqual([]);
  await page.context().close();
});

it('nothing moves where motion is unwanted, and nothing is told by colour or shadow alone in forced colours', async () => {
  const page = await stage.openDevice('computer');
  await openSignedIn(stage.server, page, `ana@${await stage.openClinic()}`, '/profissionais');
  await page.getByRole('button', { name: 'Convidar', exact: true }).click();
  await page.getByRole('dialog', { name: 'Convidar profissional' }).waitFor();
  expect(await page.evaluate(longestMotion)).toBeLessThanOrEqual(1);
  await page.emulateMedia({ forcedColors: 'active' });
  expect(await page.locator('.dialog').evaluate(readBorder)).toMatch(/^[1-9].*solid/);
  expect(await page.getByRole('textbox', { name: 'E-mail' }).evaluate(readOutline)).toMatch(/^2px solid rgb/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Conta/ }).click();
  expect(await page.locator('.menu:popover-open').evaluate(readBorder)).toMatch(/^[1-9].*solid/);
  await page.keyboard.press('Escape');
  const here = page.getByRole('navigation').getByRole('link', { name: 'Profissionais' });
  expect(await here.evaluate(readOutline)).toMatch(/^2px solid rgb/);
  await page.context().close();
});

it('the design system changes its own look and language, and leaves those of the device', async () => {
  const page = await stage.openDevice('computer');
  await page.goto('/sistema-visual');
  await page.getByRole('combobox', { name: 'Idioma' }).selectOption('en');
  await page.getByRole('heading', { level: 1, name: 'Design system' }).waitFor();
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
  await page.getByRole('combobox', { name: 'Colour' }).selectOption('rose');
  await page.locator('html[lang=en][data-scheme=dark][data-accent=rose]').waitFor();
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('');
  await page.locator('html[lang=en][data-scheme=light][data-accent=rose]').waitFor();
  await page.getByRole('link', { name: 'Go to the clients' }).click();
  await page.getByRole('heading', { name: 'Boas-vindas' }).waitFor();
  await page.locator('html[lang=pt-BR][data-scheme=light][data-accent=teal]').waitFor();
  await page.context().close();
});

/** Duration of the page's longest animation or transition, in milliseconds. */
const longestMotion = (): number =>
  Math.max(0, ...document.getAnimations().map(({ effect }) => Number(effect?.getComputedTiming().activeDuration)));

const readBorder = (element: Element): string => {
  const { borderTopWidth, borderTopStyle } = getComputedStyle(element);
  return `${borderTopWidth} ${borderTopStyle}`;
};

const readOutline = (element: Element): string => {
  const { outlineWidth, outlineStyle, outlineColor } = getComputedStyle(element);
  return `${outlineWidth} ${outlineStyle} ${outlineColor}`;
};
