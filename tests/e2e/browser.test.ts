import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openContext } from '../support/browser.ts';

const page =
  '<!doctype html><meta name="viewport" content="width=device-width"><h1 style="font: 20px sans-serif">Olá</h1>';
const server = createServer((_request, response) =>
  response.setHeader('content-type', 'text/html; charset=utf-8').end(page),
);
let browser: Browser;
let baseURL: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseURL = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

it.each([
  ['phone', { width: 390, touch: true }],
  ['computer', { width: 1440, touch: false }],
] as const)('shows a page on a %s, in Portuguese, with letters drawn', async (screen, expected) => {
  const context = await openContext(browser, screen, { baseURL });
  const tab = await context.newPage();
  await tab.goto('/');
  const seen = await tab.evaluate(() => ({
    width: innerWidth,
    touch: 'ontouchstart' in window,
    language: navigator.language,
  }));
  expect(seen).toEqual({ ...expected, language: 'pt-BR' });
  const drawn = await tab.getByRole('heading', { name: 'Olá' }).evaluate((heading) => {
    const range = document.createRange();
    range.selectNodeContents(heading);
    return range.getBoundingClientRect().width;
  });
  expect(drawn).toBeGreaterThan(10);
  await context.close();
});
