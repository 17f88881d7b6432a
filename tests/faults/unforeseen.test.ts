import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type Installation, startInstallation } from './installation.ts';

let installation: Installation;

beforeAll(async () => {
  installation = await startInstallation();
});
afterAll(() => installation.stop());

/** Makes a process throw an uncaught error when it gets SIGUSR2. */
const fault = `process.on('SIGUSR2', () => { const patient = { 'Inês Segredo': null }; patient['Inês Segredo'].phone; })`;

it('an error that nobody catches ends the process, and is told without the data it befell', async () => {
  const reports: string[] = [];
  const sentry = createServer((request, response) => {
    void text(request).then((body) => {
      reports.push(body);
      response.end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(sentry, 'listening');
  onTestFinished(() => {
    sentry.close();
  });
  const server = await installation.startServer({
    SENTRY_DSN: `http://key@127.0.0.1:${String((sentry.address() as AddressInfo).port)}/1`,
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}`,
  });
  server.process.kill('SIGUSR2');
  expect(await server.exited).toEqual({ code: 1, signal: null });
  expect(reports).toHaveLength(1);
  expect(reports[0]).toContain('"transaction":"process"');
  expect(reports[0]).toContain('Cannot read properties of null (reading …)');
  const line = server.log.find(({ event }) => event === 'crashed');
  expect(line).toMatchObject({ err: { type: 'TypeError' } });
  for (const told of [reports[0] ?? '', JSON.stringify(server.log)]) expect(told).not.toMatch(/Inês|Segredo/);
});
