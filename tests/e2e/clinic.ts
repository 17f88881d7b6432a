import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { RequestOf } from '../../src/shared/api-client.ts';
import { launchBrowser, openContext, type Screen } from '../support/browser.ts';
import { receiveCode } from '../support/mailbox.ts';
import { type SignedIn, startTestServer, type TestServer } from '../support/server.ts';

export { receiveCode };

export const screens = ['phone', 'computer'] as const satisfies readonly Screen[];

/** The search above the list of clients. */
export const findSearch = (page: Page): Locator => page.getByRole('searchbox', { name: 'Buscar clientes' });

/** Waits until a value is as expected: `await expectSoon(read).toBe(1)`. The limit suits a busy machine. */
export const expectSoon = <Value>(read: () => Value | Promise<Value>) =>
  expect.poll(read, { timeout: 10_000, interval: 25 });

/** Waits until the focus is on the page or, if one is given, within a part of it: never lost to the body. */
export const expectFocusInside = (
  page: Page,
  part: Locator = page.locator('main, [role=dialog], [role=alertdialog]'),
) =>
  expectSoon(() =>
    part.evaluateAll(
      (parts) =>
        document.activeElement !== document.body && parts.some((each) => each.contains(document.activeElement)),
    ),
  ).toBe(true);

/** Whether a tap in the middle of something reaches it without scrolling. */
export const isInSight = (thing: Locator): Promise<boolean> =>
  thing.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });

/** Taps on a phone, clicks on a computer. */
export const press = (screen: Screen, thing: Locator): Promise<void> =>
  screen === 'phone' ? thing.tap() : thing.click();

/** Presses Tab, or another key, until the element has the focus; not at all if it has it already. */
export async function walkTo(page: Page, thing: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const isThere = (): Promise<boolean> => thing.evaluate((element) => element === document.activeElement);
  await thing.waitFor({ state: 'attached' });
  for (let steps = 0; steps < 60 && !(await isThere()); steps++) await page.keyboard.press(key);
  expect(await isThere()).toBe(true);
}

/** One server and one browser for a test file; each test creates its own clinic. */
export interface Stage {
  readonly server: TestServer;
  /** Creates a clinic with `ana` (administrator), `bruno` (professional), `carla` (reception). @returns their mail domain */
  openClinic(): Promise<string>;
  /** Opens a page on a new device without a session. It is closed after the test. */
  openDevice(screen: Screen, options?: BrowserContextOptions): Promise<Page>;
}

interface StageOptions {
  /** Tests run at the same time, and each closes its own devices. */
  readonly isConcurrent?: boolean;
  /** What the server's environment has besides; asked for when it starts. */
  readonly env?: () => Readonly<Record<string, string>>;
  /** Arguments of the browser, besides the usual ones. */
  readonly browserArgs?: readonly string[];
}

/** Starts the stage before the tests of a file, and stops it after them. Call it at the top of the file. */
export function prepareStage({ isConcurrent = false, env = () => ({}), browserArgs = [] }: StageOptions = {}): Stage {
  let opened: { readonly server: TestServer; readonly browser: Browser } | undefined;
  let clinics = 0;
  const get = () => {
    if (opened === undefined) throw new Error('the stage is not open yet: use it within a test');
    return opened;
  };
  beforeAll(async () => {
    const [server, browser] = await Promise.all([startTestServer(env()), launchBrowser(browserArgs)]);
    opened = { server, browser };
  });
  afterEach(async () => {
    if (!isConcurrent) await Promise.all((opened?.browser.contexts() ?? []).map((context) => context.close()));
  });
  afterAll(async () => {
    await opened?.browser.close();
    await opened?.server.stop();
  });
  return {
    get server() {
      return get().server;
    },
    openClinic: async () => {
      const domain = `jornada${String(++clinics)}.test`;
      await get().server.createClinic(domain);
      return domain;
    },
    openDevice: (screen, options) => {
      const { browser, server } = get();
      return openDevice(browser, screen, { baseURL: server.address, ...options });
    },
  };
}

async function openDevice(
  browser: Browser,
  screen: Screen,
  options: BrowserContextOptions & { baseURL: string },
): Promise<Page> {
  const context = await openContext(browser, screen, options);
  context.setDefaultTimeout(20_000);
  return context.newPage();
}

/** Signs in as a person does, on the sign-in page, and waits for the client list. */
export async function signIn(server: TestServer, page: Page, email: string): Promise<void> {
  if (page.url() === 'about:blank') await page.goto('/entrar');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  const code = await receiveCode(server, email, () => page.getByRole('button', { name: 'Receber código' }).click());
  await page.getByRole('textbox', { name: 'Código de acesso' }).fill(code);
  await page.getByRole('heading', { level: 1, name: 'Clientes' }).waitFor();
}

/** Opens a page with a session, for tests that are not about signing in. */
export async function openSignedIn(server: TestServer, page: Page, email: string, path = '/clientes'): Promise<void> {
  const code = await server.fetchCode(email);
  const answer = await page.request.post('/api/v1/auth/sessions', {
    headers: { 'x-acolhe-client': 'web' },
    data: { email, code, device: { id: randomUUID(), name: 'Teste' }, transport: 'cookie' },
  });
  const { expiresIn, professional } = (await answer.json()) as { expiresIn: number; professional: { id: string } };
  const now = Date.now();
  const session = { renewedAt: now, expiresAt: now + expiresIn * 1000, who: professional.id };
  await page.goto('/favicon.svg');
  await page.evaluate((entry) => {
    localStorage.setItem('acolhe.session', entry);
  }, JSON.stringify(session));
  await page.goto(path);
}

/** Registers clients over HTTP, in this order. @returns their ids */
export async function registerClients(
  { api }: SignedIn,
  clients: readonly RequestOf<'POST /clients'>['body'][],
): Promise<string[]> {
  const ids: string[] = [];
  for (const body of clients) ids.push((await api('POST /clients', { body })).body.id);
  return ids;
}
