import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { measureFirstLoad, sizeLimits } from '../measure/first-load.ts';
import { openSignedIn, prepareStage, registerClients } from './clinic.ts';

const stage = prepareStage();

it('the sign-in page takes little JavaScript the first time, compressed', async () => {
  const page = await stage.openDevice('phone');
  const load = await measureFirstLoad(page, '/entrar', () =>
    page.getByRole('button', { name: 'Receber código' }).waitFor(),
  );
  expect(load.encodings).not.toContain('none');
  expect(load.javascript).toBeGreaterThan(10_000);
  expect(load.javascript).toBeLessThanOrEqual(sizeLimits['/entrar']);
});

it('the list of clients as well, where nothing is in the cache', async () => {
  const email = `ana@${await stage.openClinic()}`;
  await registerClients(await stage.server.signIn(email), [{ firstName: 'Ágata', lastName: 'Nóbrega' }]);
  const page = await stage.openDevice('phone');
  await openSignedIn(stage.server, page, email, '/favicon.svg');
  const load = await measureFirstLoad(page, '/clientes', () => page.getByRole('listitem').first().waitFor());
  expect(load.encodings).not.toContain('none');
  expect(load.javascript).toBeGreaterThan(10_000);
  expect(load.javascript).toBeLessThanOrEqual(sizeLimits['/clientes']);
});

/** The addresses of the scripts that a page has loaded once it is ready. */
async function listScripts(page: Page, path: string, ready: () => Promise<unknown>): Promise<string[]> {
  await page.goto(path);
  await ready();
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => name.endsWith('.js')),
  );
}

it('the agenda adds at most 45 kB to what clients need, and nothing to the sign-in page', async () => {
  const email = `ana@${await stage.openClinic()}`;
  const [id = ''] = await registerClients(await stage.server.signIn(email), [{ firstName: 'Ágata' }]);
  const stranger = await stage.openDevice('phone');
  const signIn = await listScripts(stranger, '/entrar', () =>
    stranger.getByRole('button', { name: 'Receber código' }).waitFor(),
  );
  const page = await stage.openDevice('phone');
  await openSignedIn(stage.server, page, email, '/favicon.svg');
  const card = await listScripts(page, `/clientes/${id}`, () => page.getByRole('dialog', { name: 'Ágata' }).waitFor());
  const day = await listScripts(page, '/agenda', () => page.getByRole('region', { name: /^Agenda de / }).waitFor());
  const added = day.filter((url) => !card.includes(url));
  const sizes = await Promise.all(
    added.map(async (url) => gzipSync(await (await page.request.get(url)).body()).length),
  );
  expect(added.length).toBeGreaterThan(0);
  expect(sizes.reduce((bytes, size) => bytes + size, 0)).toBeLessThanOrEqual(45_000);
  expect(added.filter((url) => signIn.includes(url))).toEqual([]);
});
