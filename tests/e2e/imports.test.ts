import type { Locator, Page } from 'playwright-core';
import { sql } from '../../src/server/db/sql.ts';
import { describe, expect, it } from 'vitest';
import { expectSoon, openSignedIn, prepareStage, press, registerClients, screens, walkTo } from './clinic.ts';
import { findByAxeInBothThemes } from './page-checks.ts';

const stage = prepareStage();

/**
 * A file as old software of a clinic writes it: in Windows-1252, with semicolons, a phone without its area code, a phone that
 * another client has, and an invalid one.
 */
const list = Buffer.from(
  [
    'Nome;Celular;Observa\u00e7\u00f5es;Animal',
    'Concei\u00e7\u00e3o Ara\u00fajo;98765-0001;al\u00e9rgica;gato',
    'Pedro Lima;(11) 98765-0002;;',
    'Sem Telefone;11;;',
  ].join('\r\n'),
  'latin1',
);

const choose = (page: Page, buffer: Buffer) =>
  page.locator('input[type=file]').setInputFiles({ name: 'pacientes.csv', mimeType: 'text/csv', buffer });

const heading = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { name });

/** The numbers that the page shows, by their labels. */
const numbers = (page: Page) =>
  page
    .locator('.import-number')
    .evaluateAll((items) =>
      Object.fromEntries(
        items.map((item) => [item.querySelector('dt')?.textContent ?? '', item.querySelector('dd')?.textContent ?? '']),
      ),
    );

async function expectAccessible(page: Page): Promise<void> {
  expect(await findByAxeInBothThemes(page)).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}

describe.each(screens)('on a %s', (screen) => {
  it('reads a file, lets its columns be mended, checks it, imports it, and takes it back', async () => {
    const page = await stage.openDevice(screen);
    const domain = await stage.openClinic();
    const bruno = await stage.server.signIn(`bruno@${domain}`);
    await registerClients(bruno, [{ firstName: 'Rosa', lastName: 'Lima', phone: '11987650002' }]);
    await openSignedIn(stage.server, page, `ana@${domain}`, '/importar');
    await heading(page, 'Importar clientes').waitFor();
    await press(screen, page.getByRole('button', { name: 'Conferir arquivo' }));
    await page.getByText('Escolha o arquivo.').waitFor();
    await choose(page, list);
    await page.getByRole('combobox', { name: 'Profissional' }).selectOption({ label: 'Bruno' });
    await expectAccessible(page);
    await press(screen, page.getByRole('button', { name: 'Conferir arquivo' }));

    await heading(page, 'Confira antes de importar').waitFor();
    await expectSoon(() => numbers(page)).toEqual({
      ...{ Novos: '0', Atualizados: '0', 'Sem mudança': '0', Conflitos: '1', Rejeitados: '2' },
    });
    await page.getByText('Confira o telefone').first().waitFor();
    await expectAccessible(page);
    // A reload shows the same step, because the server has the file.
    await page.reload();
    await heading(page, 'Confira antes de importar').waitFor();
    await page.getByRole('combobox', { name: 'Animal' }).selectOption({ label: 'Não importar' });
    await page.getByRole('textbox', { name: 'DDD da clínica' }).fill('10');
    await page.getByText('Este DDD não existe.').waitFor();
    await page.getByRole('textbox', { name: 'DDD da clínica' }).fill('11');
    await page.getByRole('radio', { name: 'Criar outro cadastro' }).check();
    await press(screen, page.getByRole('button', { name: 'Conferir de novo' }));
    await expectSoon(async () => (await numbers(page))['Novos']).toBe('2');
    await page.getByText('Conceição').first().waitFor();
    expect((await bruno.api('GET /clients')).body.items).toHaveLength(1);

    await press(screen, page.getByRole('button', { name: 'Importar 2 clientes' }));
    await heading(page, 'Importação concluída').waitFor();
    await expectAccessible(page);
    const { body } = await bruno.api('GET /clients');
    expect(body.items.map(({ firstName }) => firstName)).toEqual(['Conceição', 'Pedro', 'Rosa']);
    const saved = page.waitForEvent('download');
    await press(screen, page.getByRole('button', { name: 'Baixar a linha que ficou de fora' }));
    expect((await saved).suggestedFilename()).toMatch(/\.csv$/);

    await press(screen, page.getByRole('button', { name: 'Desfazer importação' }));
    const question = page.getByRole('alertdialog', { name: 'Desfazer a importação?' });
    await press(screen, question.getByRole('button', { name: 'Desfazer importação' }));
    await heading(page, 'Importação desfeita').waitFor();
    await page.getByText('2 clientes novos saíram.').waitFor();
    expect(await page.getByRole('main').innerText()).not.toContain('0 cliente');
    expect((await bruno.api('GET /clients')).body.items.map(({ firstName }) => firstName)).toEqual(['Rosa']);
    await page.goto('/importar');
    await page.getByText('pacientes.csv').first().waitFor();
  });

  it('shows first what is overwritten, keeps people apart, and brings rows without a bad field', async () => {
    const page = await stage.openDevice(screen);
    const domain = await stage.openClinic();
    const bruno = await stage.server.signIn(`bruno@${domain}`);
    await registerClients(bruno, [
      { firstName: 'Rosa', lastName: 'Lima', document: '52998224725' },
      { firstName: 'Caio', lastName: 'Melo', phone: '11987651111' },
      { firstName: 'Fora', lastName: 'Disto' },
    ]);
    await openSignedIn(stage.server, page, `ana@${domain}`, '/importar');
    const rows = [
      'Nome;Sobrenome;CPF;Celular',
      'Rosa Maria;Lima;529.982.247-25;',
      'Caio;Melo;;11987651111',
      'Vera;Melo;;12',
    ];
    await choose(page, Buffer.from(rows.join('\n')));
    await page.getByRole('combobox', { name: 'Profissional' }).selectOption({ label: 'Ana' });
    await press(screen, page.getByRole('button', { name: 'Conferir arquivo' }));
    await heading(page, 'Confira antes de importar').waitFor();
    await page.getByText('1 cadastro que existe recebe outro nome').waitFor();
    await page.getByText('2 dos atualizados eram clientes de outro profissional.').waitFor();
    const headings = await page.getByRole('heading', { level: 2 }).allInnerTexts();
    expect(headings.indexOf('O que muda em quem já está cadastrado')).toBeLessThan(
      headings.indexOf('O que há em cada coluna'),
    );
    const bad = page.getByRole('listitem').filter({ hasText: 'Rejeitada' });
    await bad.getByText('Vera Melo').waitFor();

    await press(screen, page.getByRole('button', { name: 'Não é a mesma pessoa (linha 3, Caio Melo)' }));
    await page.getByRole('checkbox', { name: 'Trazer as linhas com erro' }).check();
    await expectAccessible(page);
    await press(screen, page.getByRole('button', { name: 'Conferir de novo' }));
    await page.getByText('A linha 3 não é quem parecia: conta como outra pessoa.').waitFor();
    await expectSoon(() => numbers(page)).toEqual({
      ...{ Novos: '2', Atualizados: '1', 'Sem mudança': '0', Conflitos: '0', Rejeitados: '0' },
    });
    await press(screen, page.getByRole('button', { name: 'Importar 3 clientes' }));
    await heading(page, 'Importação concluída').waitFor();
    await press(screen, page.getByRole('link', { name: 'Ver estes clientes' }));
    await page.getByText('3 clientes', { exact: true }).waitFor();
    expect(await page.getByRole('listitem', { name: 'Fora Disto' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Tirar o filtro De uma importação' }).click();
    await page.getByRole('listitem', { name: 'Fora Disto' }).waitFor();
    await page.getByText('5 clientes', { exact: true }).waitFor();
  });

  it('asks what columns hold that nobody knows or that have one name', async () => {
    const page = await stage.openDevice(screen);
    const domain = await stage.openClinic();
    const bruno = await stage.server.signIn(`bruno@${domain}`);
    await openSignedIn(stage.server, page, `bruno@${domain}`, '/importar');
    await choose(page, Buffer.from('A;B;B\nZoraide;(11) 98765-0009;azul\n'));
    await press(screen, page.getByRole('button', { name: 'Conferir arquivo' }));
    await heading(page, 'O que há em cada coluna?').waitFor();
    await page.getByText('Por exemplo: Zoraide').waitFor();
    await expectAccessible(page);
    await page.getByRole('combobox', { name: 'A', exact: true }).selectOption({ label: 'Nome' });
    await page.getByRole('combobox', { name: 'B', exact: true }).selectOption({ label: 'Telefone' });
    await press(screen, page.getByRole('button', { name: 'Conferir de novo' }));
    await heading(page, 'Confira antes de importar').waitFor();
    await press(screen, page.getByRole('button', { name: 'Importar 1 cliente' }));
    await heading(page, 'Importação concluída').waitFor();
    const { body } = await bruno.api('GET /clients');
    expect(body.items).toMatchObject([{ firstName: 'Zoraide', phone: '+5511987650009' }]);
  });

  it('asks which reading has the accents right', async () => {
    const page = await stage.openDevice(screen);
    const domain = await stage.openClinic();
    await openSignedIn(stage.server, page, `bruno@${domain}`, '/importar');
    await choose(
      page,
      Buffer.concat([Buffer.from('nome\nJo\u00e3o Silva\n', 'utf8'), Buffer.from('In\u00eas Lima\n', 'latin1')]),
    );
    await press(screen, page.getByRole('button', { name: 'Conferir arquivo' }));
    await heading(page, 'Em qual destas as letras com acento estão certas?').waitFor();
    await expectAccessible(page);
    const right = page.getByRole('listitem').filter({ hasText: 'João Silva' });
    await press(screen, right.getByRole('button', { name: 'Esta está certa' }));
    await heading(page, 'Confira antes de importar').waitFor();
    await expectSoon(async () => (await numbers(page))['Novos']).toBe('2');
    // A reading that fails is not the end: the server still has the file.
    await press(screen, page.getByText('Letras trocadas ou colunas juntas?'));
    await page.getByRole('combobox', { name: 'Letras' }).selectOption('utf-16le');
    await press(screen, page.getByRole('button', { name: 'Ler de novo' }));
    await heading(page, 'O arquivo não pôde ser importado').waitFor();
    await expectAccessible(page);
    await page.getByRole('combobox', { name: 'Letras' }).selectOption('utf-8-mixed');
    await press(screen, page.getByRole('button', { name: 'Ler de novo' }));
    await heading(page, 'Confira antes de importar').waitFor();
    await expectSoon(async () => (await numbers(page))['Novos']).toBe('2');
  });
});

it('says why an import could not be taken back', async () => {
  const domain = await stage.openClinic();
  const page = await stage.openDevice('phone');
  await openSignedIn(stage.server, page, `ana@${domain}`, '/importar');
  await choose(page, Buffer.from('Nome\nTeresa\n'));
  await page.getByRole('combobox', { name: 'Profissional' }).selectOption({ label: 'Ana' });
  await page.getByRole('button', { name: 'Conferir arquivo' }).tap();
  await page.getByRole('button', { name: 'Importar 1 cliente' }).tap();
  await heading(page, 'Importação concluída').waitFor();
  // As an undoing leaves it whose server was stopped again and again.
  const failure = { code: 'undo_interrupted', line: null, column: null, details: {} };
  await stage.server.db.system((tx) =>
    tx.run(sql`update imports set failure = ${JSON.stringify(failure)}::jsonb where not dry_run and status = 'done'`),
  );
  await page.reload();
  await page.getByRole('alert').filter({ hasText: 'desfe' }).waitFor();
  await page.getByRole('button', { name: 'Desfazer importação' }).waitFor();
});

it('is done by the keyboard alone', async () => {
  const page = await stage.openDevice('computer');
  const domain = await stage.openClinic();
  await openSignedIn(stage.server, page, `bruno@${domain}`, '/importar');
  await page.getByText('Nenhuma ainda.').waitFor();
  // Listen first: the browser reports a file chooser only to a page that is being listened to.
  const chooser = page.waitForEvent('filechooser');
  await walkTo(page, page.locator('input[type=file]'));
  await page.keyboard.press('Space');
  await (await chooser).setFiles({ name: 'lista.csv', mimeType: 'text/csv', buffer: Buffer.from('nome\nAlice\n') });
  await page.getByText('lista.csv').waitFor();
  for (const name of ['Conferir arquivo', 'Importar 1 cliente']) {
    await walkTo(page, page.getByRole('button', { name }));
    await page.keyboard.press('Enter');
  }
  await heading(page, 'Importação concluída').waitFor();
});

it('is not for reception', async () => {
  const page = await stage.openDevice('computer');
  const domain = await stage.openClinic();
  await openSignedIn(stage.server, page, `carla@${domain}`, '/clientes');
  expect(await page.getByRole('navigation').getByRole('link', { name: 'Importar' }).count()).toBe(0);
  await page.goto('/importar');
  await page
    .getByRole('main')
    .getByRole('heading', { level: 2 })
    .or(page.getByRole('heading', { level: 1 }))
    .first()
    .waitFor();
  expect(await page.locator('input[type=file]').count()).toBe(0);
});
