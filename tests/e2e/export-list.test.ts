import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectSoon, findSearch, openSignedIn, prepareStage, press, registerClients, screens } from './clinic.ts';

const stage = prepareStage();
const menu = (page: Page) => page.getByRole('button', { name: 'Opções da lista' });

describe.each(screens)('on a %s', (screen) => {
  it('saves the clients that the list shows, as CSV and as a spreadsheet', async () => {
    const page = await stage.openDevice(screen);
    const email = `ana@${await stage.openClinic()}`;
    const ana = await stage.server.signIn(email);
    await registerClients(ana, [
      { firstName: 'Rosa', lastName: 'Quixaba' },
      { firstName: 'Bento', lastName: 'Leite' },
    ]);
    await openSignedIn(stage.server, page, email);
    await findSearch(page).fill('rosa');
    await expectSoon(() => page.getByText('1 cliente', { exact: true }).count()).toBe(1);
    const save = async (item: string): Promise<Download> => {
      await press(screen, menu(page));
      const [saved] = await Promise.all([
        page.waitForEvent('download'),
        press(screen, page.getByRole('menuitem', { name: item })),
      ]);
      return saved;
    };
    const csv = await save('Exportar CSV');
    expect(csv.suggestedFilename()).toMatch(/\.csv$/);
    const lines = (await readFile(await csv.path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('Rosa;Quixaba');
    const workbook = await save('Exportar planilha');
    expect(workbook.suggestedFilename()).toMatch(/\.xlsx$/);
    // An XLSX file is a ZIP archive.
    expect((await readFile(await workbook.path())).subarray(0, 2).toString()).toBe('PK');
  });

  it('prints every row that was loaded, with the clinic, the day and how many there are', async () => {
    const page = await stage.openDevice(screen);
    const domain = await stage.openClinic();
    const ana = await stage.server.signIn(`ana@${domain}`);
    const names = Array.from({ length: 30 }, (_, index) => `Cliente ${String(index + 10)}`);
    const fact = { phone: '(11) 98765-4321', dateOfBirth: '1980-05-06' };
    await registerClients(
      ana,
      names.map((firstName, index) => ({ firstName, ...(index === 29 && fact) })),
    );
    await openSignedIn(stage.server, page, `ana@${domain}`);
    await page.getByRole('link', { name: 'Cliente 10' }).waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    const rows = page.getByRole('row');
    await expectSoon(() => rows.count()).toBe(31);
    expect(await rows.last().innerText()).toMatch(/Cliente 39\s+\(11\) 98765-4321\s+06\/05\/1980/);
    const sheet = page.getByRole('region', { name: 'Clientes' });
    expect(await sheet.innerText()).toMatch(new RegExp(`Clínica ${domain}\\s+\\d\\d/\\d\\d/\\d{4} · 30 clientes`));
    for (const chrome of [page.getByRole('navigation'), page.getByRole('searchbox'), page.getByRole('button')])
      expect(await chrome.filter({ visible: true }).count()).toBe(0);
    expect(await rows.last().evaluate((row) => getComputedStyle(row).breakInside)).toBe('avoid');
    await page.emulateMedia({ media: 'screen' });
    await expectSoon(() => rows.count()).toBe(0);
  });

  it('is not offered to reception, who may not export', async () => {
    const page = await stage.openDevice(screen);
    await openSignedIn(stage.server, page, `carla@${await stage.openClinic()}`);
    await press(screen, menu(page));
    await page.getByRole('menuitem', { name: 'Cadastros repetidos' }).waitFor();
    expect(await page.getByRole('menuitem', { name: /^Exportar|^Imprimir a lista/ }).count()).toBe(0);
  });
});
