import fastify from 'fastify';
import { expect, it } from 'vitest';
import { registerErrorHandler } from './error-handler.ts';
import { registerFacts } from './facts.ts';
import { registerLoadShedding } from './load-shedding.ts';

async function startApp(limits: { requests: number; memory: number }) {
  const app = fastify();
  const gate = Promise.withResolvers<undefined>();
  registerFacts(app);
  registerErrorHandler(app, () => undefined);
  const load = await registerLoadShedding(app, limits);
  app.get('/slow', async () => {
    await gate.promise;
    return 'done';
  });
  app.get('/waiting', { config: { waits: true } }, async () => {
    await gate.promise;
    return 'done';
  });
  app.get('/healthz', () => 'ok');
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    app,
    address,
    load,
    open: () => {
      gate.resolve(undefined);
    },
  };
}

it('answers 503 with Retry-After beyond its limit, but always answers probes, and recovers', async () => {
  const { app, address, load, open } = await startApp({ requests: 3, memory: Number.POSITIVE_INFINITY });
  const held = [1, 2, 3].map(() => fetch(`${address}/slow`));
  await expect.poll(() => load.inFlight).toBe(3);
  const refused = await fetch(`${address}/slow`);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('2');
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  expect(load.shed).toBe(1);
  open();
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200, 200]);
  await expect.poll(() => load.inFlight).toBe(0);
  expect((await fetch(`${address}/slow`)).status).toBe(200);
  await app.close();
});

it('does not count requests of routes that say that they wait, and refuses them beyond the limit like every other', async () => {
  const { app, address, load, open } = await startApp({ requests: 1, memory: Number.POSITIVE_INFINITY });
  const begun: string[] = [];
  app.server.on('request', ({ url = '' }) => begun.push(url));
  const waiting = fetch(`${address}/waiting`);
  await expect.poll(() => begun).toEqual(['/waiting']);
  const held = fetch(`${address}/slow`);
  await expect.poll(() => load.inFlight).toBe(1);
  expect((await fetch(`${address}/waiting`)).status).toBe(503);
  open();
  expect([(await waiting).status, (await held).status]).toEqual([200, 200]);
  await app.close();
});

it('does so while memory is short, too', async () => {
  const { app, address, open } = await startApp({ requests: 100, memory: 1 });
  open();
  await expect.poll(async () => (await fetch(`${address}/slow`)).status).toBe(503);
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  await app.close();
});

it('forgets requests whose caller went away', async () => {
  const { app, address, load, open } = await startApp({ requests: 3, memory: Number.POSITIVE_INFINITY });
  const leaving = new AbortController();
  const left = fetch(`${address}/slow`, { signal: leaving.signal });
  await expect.poll(() => load.inFlight).toBe(1);
  leaving.abort();
  await expect(left).rejects.toThrow('aborted');
  await expect.poll(() => load.inFlight).toBe(0);
  open();
  await app.close();
});
