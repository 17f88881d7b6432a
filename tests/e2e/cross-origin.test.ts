import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openContext } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { openSignedIn, expectSoon } from './clinic.ts';

/** A server of another origin on the same host: browsers send cookies to every port of a host. */
let elsewhere: Server;
let server: TestServer;
let browser: Browser;
let page: Page;
let ana: Awaited<ReturnType<TestServer['signIn']>>;

beforeAll(async () => {
  elsewhere = createServer((request, response) => {
    const target = decodeURIComponent((request.url ?? '').split('?to=')[1] ?? '');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>Prêmio</title>
      <form method="post" enctype="multipart/form-data" action="${target}">
        <input type="hidden" name="dryRun" value="false"><input type="file" name="file"><button>Ganhar</button>
      </form>`);
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  [server, browser] = await Promise.all([startTestServer(), launchBrowser()]);
  await server.createClinic('outra-origem.test');
  ana = await server.signIn('ana@outra-origem.test');
  const context = await openContext(browser, 'computer', { baseURL: server.address });
  page = await context.newPage();
  await openSignedIn(server, page, 'ana@outra-origem.test');
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  elsewhere.close();
});

const spellings = ['/api/v1/imports', '/%61pi/v1/imports', '//api/v1/imports', '/api/v1/%69mports', '/API/v1/imports'];
const refused = new Set([403, 404]);
const openElsewhere = async (target: string): Promise<void> => {
  const { port } = elsewhere.address() as AddressInfo;
  await page.goto(`http://localhost:${String(port)}/?to=${encodeURIComponent(server.address + target)}`);
};
const imports = async () => (await ana.api('GET /imports')).body.items;
const file = { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('nome\nEva\n') };

/** The statuses of the server's answers to POST, from its log: browsers do not show them to a page of another origin. */
const statuses = (): number[] =>
  server.logs
    .filter((line) => line.includes('"event":"request"') && line.includes('"method":"POST"'))
    .map((line) => (JSON.parse(line) as { status: number }).status);

/** Lets the page send a POST to an address. @returns the status of the server's answer */
async function change(url: string, init: { readonly mode: RequestMode; readonly isForm: boolean }) {
  const before = statuses().length;
  const outcome = await page.evaluate(
    async ([target, { mode, isForm }]) => {
      const body = new FormData();
      body.set('file', new Blob(['nome\nEva\n']), 'a.csv');
      const options = { method: 'POST', credentials: 'include', mode, ...(isForm ? { body } : {}) } as const;
      return fetch(target, options).then(
        ({ status }) => status,
        () => 'unreadable',
      );
    },
    [url, init] as const,
  );
  expect([url, outcome]).toEqual([url, 'unreadable']);
  // Another port is the same site, so the browser sends its cookies.
  expect((await page.context().cookies(url)).map(({ name }) => name)).toContain('acolhe_access');
  await expectSoon(() => statuses().length).toBeGreaterThan(before);
  return statuses().at(-1) ?? 0;
}

it('a page of another port imports nothing with the cookies of whoever visits it, by fetch', async () => {
  for (const path of spellings) {
    await openElsewhere(path);
    expect(refused).toContain(await change(server.address + path, { mode: 'cors', isForm: true }));
  }
  expect(await imports()).toEqual([]);
});

it('nor by a form', async () => {
  for (const path of spellings) {
    await openElsewhere(path);
    await page.locator('input[type=file]').setInputFiles(file);
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.getByRole('button', { name: 'Ganhar' }).click();
    expect(refused.has((await answered).status())).toBe(true);
  }
  expect(await imports()).toEqual([]);
});

it('nor changes anything else that takes no body', async () => {
  for (const path of [
    '/api/v1/auth/refresh',
    '/%61pi/v1/auth/passkeys/options',
    '/api/v1/auth/passkey-sessions/options',
  ]) {
    await openElsewhere(path);
    expect(await change(server.address + path, { mode: 'no-cors', isForm: false })).toBe(403);
  }
});

it('while the app’s own page does', async () => {
  await page.goto('/clientes');
  const status = await page.evaluate(async () => {
    const body = new FormData();
    body.set('file', new Blob(['nome\nEva\n']), 'a.csv');
    return (await fetch('/api/v1/imports', { method: 'POST', body, credentials: 'include' })).status;
  });
  expect(status).toBe(202);
  await expectSoon(async () => (await imports()).length).toBe(1);
});
