import { expect, it } from 'vitest';
import { sql } from '../../src/server/db/sql.ts';
import { expectSoon, openSignedIn, prepareStage, press, registerClients, screens } from './clinic.ts';

const stage = prepareStage();

it.each(screens)(
  'on a %s the trail is narrowed, tells old and new values, and who saw a client is printed',
  async (screen) => {
    const domain = await stage.openClinic();
    const bruno = await stage.server.signIn(`bruno@${domain}`);
    const ana = await stage.server.signIn(`ana@${domain}`);
    const [id = ''] = await registerClients(bruno, [{ firstName: 'Ágata', lastName: 'Nóbrega' }]);
    await bruno.api('GET /clients/{id}', { params: { id } });
    const carla = (await ana.api('GET /professionals')).body.items.find(({ firstName }) => firstName === 'Carla');
    const change = { params: { id: carla?.id ?? '' }, headers: { 'if-match': '*' } };
    await ana.api('PATCH /professionals/{id}', { ...change, body: { role: 'auditor' } });

    const page = await stage.openDevice(screen);
    await openSignedIn(stage.server, page, `ana@${domain}`, '/auditoria');
    const events = page.getByRole('list', { name: 'Auditoria' }).getByRole('listitem');
    const changed = events.filter({ hasText: 'Ana mudou a função de uma pessoa' });
    await changed.getByText('recepção').waitFor();
    await changed.getByText('auditoria', { exact: true }).waitFor();
    await page.getByRole('combobox', { name: 'O quê' }).selectOption({ label: 'abriu a ficha de um cliente' });
    await expectSoon(() => events.count()).toBe(1);
    await page.reload();
    await expectSoon(() => events.allTextContents().then(([text]) => text)).toContain(
      'Bruno abriu a ficha de um cliente',
    );
    await press(screen, events.getByRole('link', { name: 'Abrir ficha' }));

    const card = page.getByRole('dialog', { name: 'Ágata Nóbrega' });
    await press(screen, card.getByRole('button', { name: 'Mais ações' }));
    await press(screen, page.getByRole('menuitem', { name: 'Quem viu' }));
    const views = page.getByRole('list', { name: 'Quem viu' }).getByRole('listitem');
    const names = async () => (await views.allTextContents()).map((text) => /^\w+/.exec(text)?.[0]);
    await expectSoon(async () => [...new Set(await names())]).toEqual(['Ana', 'Bruno']);
    await page.evaluate(() => {
      globalThis.print = () => {
        document.documentElement.dataset['printed'] = 'yes';
      };
    });
    await press(screen, page.getByRole('button', { name: 'Imprimir' }));
    await page.locator('html[data-printed=yes]').waitFor({ state: 'attached' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await views.first().isVisible()).toBe(true);
  },
);

it('events further back come in pages, and one that cannot be loaded is said and asked for again', async () => {
  const domain = await stage.openClinic();
  const bruno = await stage.server.signIn(`bruno@${domain}`);
  await registerClients(
    bruno,
    Array.from({ length: 60 }, (_, index) => ({ firstName: 'Ágata', lastName: `Nóbrega ${String(index)}` })),
  );
  const page = await stage.openDevice('phone');
  await openSignedIn(stage.server, page, `ana@${domain}`, '/auditoria?action=client_created');
  const events = page.getByRole('list', { name: 'Auditoria' }).getByRole('listitem');
  await expectSoon(() => events.count()).toBe(50);
  const further = /\/api\/v1\/audit\?.*cursor=/;
  const more = page.getByRole('button', { name: 'Mostrar mais' });
  await page.route(further, (route) => route.fulfill({ status: 500, contentType: 'text/plain', body: 'broken' }));
  await more.tap();
  const failure = page.getByRole('alert').filter({ hasText: 'Algo falhou do nosso lado' });
  await failure.waitFor();
  expect(await events.count()).toBe(50);
  await page.unroute(further);
  await more.tap();
  await expectSoon(() => events.count()).toBe(60);
  await failure.waitFor({ state: 'detached' });
  await more.waitFor({ state: 'detached' });
});

it('an auditor comes to the trail, and finds nothing else', async () => {
  const domain = await stage.openClinic();
  await stage.server.db.system((tx) =>
    tx.run(sql`update professionals set role = 'auditor' where email = ${`carla@${domain}`}`),
  );
  const page = await stage.openDevice('computer');
  await openSignedIn(stage.server, page, `carla@${domain}`);
  await page.getByRole('heading', { name: 'Auditoria' }).waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Carla entrou' }).first().waitFor();
  const places = await page.getByRole('navigation').getByRole('listitem').allTextContents();
  expect(places).toEqual(['Auditoria', 'Configurações']);
});
