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
