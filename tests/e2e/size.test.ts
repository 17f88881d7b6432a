import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { measureFirstLoad, sizeLimits } from '../measure/first-load.ts';
import { findGap, prepareAgenda } from './agenda-clinic.ts';
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

/** Notes every script that a page loads from now on. */
function watchScripts(page: Page): Set<string> {
  const scripts = new Set<string>();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.add(response.url());
  });
  return scripts;
}

it('the agenda adds at most 45 kB (gzip) to the list, and nothing to the sign-in page', async () => {
  const signIn = await stage.openDevice('computer');
  const atSignIn = watchScripts(signIn);
  await signIn.goto('/entrar');
  await signIn.getByRole('button', { name: 'Receber código' }).waitFor();

  const { open } = await prepareAgenda(stage);
  const list = await stage.openDevice('computer');
  const ofList = watchScripts(list);
  await open(list, '/clientes');
  await list.getByRole('listitem').first().waitFor();

  const page = await stage.openDevice('computer');
  const ofAgenda = watchScripts(page);
  await open(page);
  await findGap(page, '08:00–18:00').waitFor();

  const added = [...ofAgenda].filter((url) => !ofList.has(url));
  const sizes = await Promise.all(
    added.map(async (url) => gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer()), { level: 9 }).length),
  );
  expect(added.some((url) => url.includes('agenda-page'))).toBe(true);
  expect(sizes.reduce((bytes, more) => bytes + more, 0)).toBeLessThanOrEqual(45_000);
  expect(added.filter((url) => atSignIn.has(url))).toEqual([]);
});
