import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openContext } from '../support/browser.ts';
import { listMails } from '../support/mailbox.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { press, screens, expectSoon } from './clinic.ts';

let server: TestServer;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
let people = 0;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer({ PUBLIC_URL: 'https://clinica.example' }), launchBrowser()]);
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Sends somebody a mail with a link. @returns their address, and the link without PUBLIC_URL */
async function receiveLink(): Promise<{ readonly email: string; readonly path: string }> {
  const domain = `elo${String(++people)}.test`;
  await server.createClinic(domain);
  const email = `ana@${domain}`;
  await server.fetchCode(email);
  const mail = (await listMails(server)).find(({ to }) => to === email);
  const link = /https:\S+/.exec(mail?.text ?? '')?.[0] ?? '';
  return { email, path: link.replace('https://clinica.example', '') };
}

/** Locks the account for unknown devices by wrong guesses, as strangers could. */
async function lock(email: string): Promise<void> {
  for (let index = 0; index < 8; index++)
    await fetch(`${server.address}/api/v1/auth/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, code: '000000', device: { id: 'stranger' }, transport: 'bearer' }),
    });
}

describe.each(screens)('on a %s', (screen) => {
  const openPage = async (): Promise<Page> => {
    const context = await openContext(browser, screen, { baseURL: server.address });
    context.setDefaultTimeout(20_000);
    return context.newPage();
  };

  it('the link of a mail waits for the button, leaves the address, and signs in', async () => {
    const { email, path } = await receiveLink();
    await lock(email);
    const page = await openPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`));
    await page.goto(path);
    await page.getByText(email).waitFor();
    await expectSoon(() => new URL(page.url()).hash).toBe('');
    expect(asked.filter((line) => line.startsWith('POST'))).toEqual([]);
    const secret = /chave=([\w-]+)/.exec(path)?.[1] ?? expect.unreachable();
    await page.reload();
    const kept = () =>
      page.evaluate(() =>
        JSON.stringify([history.state, Object.entries(localStorage), Object.entries(sessionStorage)]),
      );
    expect(await kept()).not.toContain(secret);
    await page.goto(path);
    await press(screen, page.getByRole('button', { name: 'Entrar', exact: true }));
    await page.getByRole('heading', { level: 1, name: 'Clientes' }).waitFor();
    expect(asked.filter((line) => line.includes(secret))).toEqual([]);
  });

  it('one that was used says so and leads to a new code', async () => {
    const { email, path } = await receiveLink();
    const first = await openPage();
    await first.goto(path);
    await press(screen, first.getByRole('button', { name: 'Entrar', exact: true }));
    await first.getByRole('heading', { level: 1, name: 'Clientes' }).waitFor();
    const second = await openPage();
    await second.goto(path);
    await press(screen, second.getByRole('button', { name: 'Entrar', exact: true }));
    await second.getByText('Este link já foi usado ou expirou').waitFor();
    await press(screen, second.getByRole('button', { name: 'Pedir um código' }));
    expect(await second.getByRole('textbox', { name: 'E-mail' }).inputValue()).toBe(email);
  });

  it('a locked account is told to use the mail’s link or a passkey', async () => {
    const { email } = await receiveLink();
    await lock(email);
    const page = await openPage();
    await page.goto('/entrar');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await press(screen, page.getByRole('button', { name: 'Receber código' }));
    await page.getByRole('textbox', { name: 'Código de acesso' }).fill('111111');
    await page.getByText(/entre agora pelo link do e-mail que trouxe o código, ou com uma chave de acesso/).waitFor();
    await page.getByRole('button', { name: 'Entrar com chave de acesso' }).waitFor();
  });
});
