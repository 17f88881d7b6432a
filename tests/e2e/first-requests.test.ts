import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectSoon, openSignedIn, prepareStage, press, registerClients, screens } from './clinic.ts';
import { card, row } from './locators.ts';

const stage = prepareStage();

/** A signed-in device on which none of the app's code has run yet, and the addresses of two clients. */
async function openDevice(screen: (typeof screens)[number]) {
  const email = `ana@${await stage.openClinic()}`;
  const names = [{ firstName: 'Ágata' }, { firstName: 'Zeca' }];
  const ids = await registerClients(await stage.server.signIn(email), names);
  const page = await stage.openDevice(screen);
  await openSignedIn(stage.server, page, email, '/favicon.svg');
  return { page, ids };
}

/** Everything that the page asks the API for, in order. */
function watchRequests(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith('/api/v1/')) asked.push(pathname.slice('/api/v1'.length) + search);
  });
  return asked;
}

describe.each(screens)('on a %s', (screen) => {
  it('the list and the card ask for what they show before the app’s code is there, and once', async () => {
    const { page, ids } = await openDevice(screen);
    const [id = ''] = ids;
    for (const [path, data] of [
      ['/clientes', '/clients?limit=60'],
      [`/clientes/${id}`, `/clients/${id}`],
    ] as const) {
      const asked = watchRequests(page);
      // The app's code comes when the requests are on their way, and never if they wait for it.
      await page.route(/\/assets\/app-[^/]*\.js$/, async (route) => {
        for (const wanted of ['/me', data, '/tags']) await expectSoon(() => asked).toContain(wanted);
        await route.continue();
      });
      await page.goto(path);
      await (path === '/clientes' ? row(page, 'Ágata') : card(page, 'Ágata')).waitFor();
      await expectSoon(() => asked).toContain('/me/settings');
      expect(asked).toEqual([...new Set(asked)]);
      await page.unrouteAll();
      page.removeAllListeners('request');
    }
  });

  it('a session that has to be renewed is renewed before anything is asked for', async () => {
    const { page } = await openDevice(screen);
    await page.evaluate(() => {
      const session = JSON.parse(localStorage.getItem('acolhe.session') ?? '{}') as object;
      const times = { renewedAt: Date.now() - 3_600_000, expiresAt: Date.now() + 1000 };
      localStorage.setItem('acolhe.session', JSON.stringify({ ...session, ...times }));
    });
    const asked = watchRequests(page);
    await page.goto('/clientes');
    await row(page, 'Ágata').waitFor();
    expect(asked[0]).toBe('/auth/refresh');
  });
});

it('a card of a link has the phone for itself; closing it shows the list, with the focus on the client’s row', async () => {
  const { page, ids } = await openDevice('phone');
  const asked = watchRequests(page);
  await page.goto(`/clientes/${ids[1] ?? ''}`);
  await card(page, 'Zeca').waitFor();
  expect(await page.getByRole('list', { name: 'Clientes', includeHidden: true }).count()).toBe(0);
  // The clients are there by the time that the card is closed.
  await expectSoon(() => asked).toContain('/clients?limit=60');
  expect(asked.indexOf('/clients?limit=60')).toBeGreaterThan(asked.indexOf(`/clients/${ids[1] ?? ''}`));
  await press('phone', card(page, 'Zeca').getByRole('button', { name: 'Fechar' }));
  const link = row(page, 'Zeca').getByRole('link', { name: 'Zeca' });
  await link.waitFor();
  await expectSoon(() => link.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await page.title()).toBe('Clientes · Acolhe');
});

it('a card of a link is complete when the phone is turned: the list stands beside or below it', async () => {
  const { page, ids } = await openDevice('phone');
  await page.goto(`/clientes/${ids[0] ?? ''}`);
  await card(page, 'Ágata').waitFor();
  await page.setViewportSize({ width: 1440, height: 900 });
  await row(page, 'Zeca').waitFor();
  await card(page, 'Ágata').getByRole('tab', { name: 'Dados' }).click();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectSoon(() => page.getByRole('tab', { name: 'Dados' }).getAttribute('aria-selected')).toBe('true');
});

it('no script of the first pages does nothing but lead to another one', async () => {
  const { page, ids } = await openDevice('phone');
  await page.goto(`/clientes/${ids[0] ?? ''}`);
  await card(page, 'Ágata').waitFor();
  await page.getByRole('heading', { name: 'Próximo atendimento' }).waitFor();
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => name.endsWith('.js')),
  );
  expect(scripts.length).toBeGreaterThan(5);
  const texts = await Promise.all(scripts.map(async (url) => (await page.request.get(url)).text()));
  for (const text of texts) expect(text).not.toMatch(/^export\s*\{[^}]*\}\s*from/);
});
