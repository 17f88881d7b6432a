import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startSmtpSink } from '../../src/server/mail/testing/smtp-sink.ts';
import { createTestDatabase } from '../support/database.ts';
import { startTestServer } from '../support/server.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';

/** Starts a server behind a proxy that can cut its database off, and signs somebody in. */
async function startCutOff(domain: string) {
  const database = await createTestDatabase();
  const proxy = await startTcpProxy(database.url);
  const server = await startTestServer({ DATABASE_URL: proxy.url });
  onTestFinished(async () => {
    await proxy.restore();
    await server.stop();
    await proxy.close();
    await database.drop();
  });
  // The server creates the clinic, so it is in the database behind the proxy.
  await server.createClinic(domain);
  const ana = await server.signIn(`ana@${domain}`);
  return { proxy, server, ana };
}

async function ask(
  address: string,
  path: string,
  accessToken = '',
): Promise<{ status: number; body: unknown; type: string; seconds: number }> {
  const started = performance.now();
  const answer = await fetch(`${address}${path}`, { headers: { authorization: `Bearer ${accessToken}` } });
  const body: unknown = await answer.json();
  return {
    status: answer.status,
    body,
    type: answer.headers.get('content-type') ?? '',
    seconds: (performance.now() - started) / 1000,
  };
}

describe('a database that', () => {
  it.each(['is stopped', 'swallows what it is sent'] as const)('%s', { timeout: 60_000 }, async (fault) => {
    const { proxy, server, ana } = await startCutOff(fault === 'is stopped' ? 'stopped.example' : 'silent.example');
    if (fault === 'is stopped') await proxy.cut();
    else proxy.stall();

    const [list, code, ready, health] = await Promise.all([
      ask(server.address, '/api/v1/clients', ana.accessToken),
      fetch(`${server.address}/api/v1/auth/codes`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'bruno@stopped.example' }),
      }),
      ask(server.address, '/readyz'),
      ask(server.address, '/healthz'),
    ]);
    expect(list).toMatchObject({
      status: 503,
      type: 'application/problem+json; charset=utf-8',
      body: { code: 'unavailable' },
    });
    expect(list.seconds).toBeLessThan(5);
    expect({ status: code.status, wait: code.headers.get('retry-after') }).toEqual({ status: 503, wait: '5' });
    expect(ready).toMatchObject({ status: 503, body: { status: 'unavailable', checks: { database: false } } });
    expect(ready.seconds).toBeLessThan(5);
    expect(health).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(health.seconds).toBeLessThan(1);

    await proxy.restore();
    await vi.waitUntil(async () => (await ask(server.address, '/readyz')).status === 200, {
      timeout: 15_000,
      interval: 250,
    });
    expect((await ask(server.address, '/api/v1/clients', ana.accessToken)).status).toBe(200);
    // Background jobs run again without a restart.
    const bruno = await server.signIn(`bruno@${fault === 'is stopped' ? 'stopped.example' : 'silent.example'}`);
    expect((await bruno.api('GET /me')).status).toBe(200);
  });
});

describe('a mail server that says nothing', () => {
  it('holds nobody up, and the code is sent when it speaks again', { timeout: 60_000 }, async () => {
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => sockets.add(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const server = await startTestServer({
      EMAIL_HOST: '127.0.0.1',
      EMAIL_PORT: String(port),
      DEFAULT_FROM_EMAIL: 'ola@smtp.example',
    });
    onTestFinished(() => server.stop());
    await server.createClinic('quiet.example');
    const started = performance.now();
    await server.api('POST /auth/codes', { body: { email: 'ana@quiet.example' } });
    expect(performance.now() - started).toBeLessThan(2000);
    await vi.waitUntil(() => sockets.size > 0, 10_000);
    expect((await ask(server.address, '/readyz')).status).toBe(200);

    for (const socket of sockets) socket.destroy();
    silent.close();
    await once(silent, 'close');
    const sink = await startSmtpSink({}, port);
    onTestFinished(() => sink.close());
    await vi.waitUntil(() => sink.received.length > 0, 30_000);
    expect(sink.received[0]?.recipients).toEqual(['ana@quiet.example']);
    expect(server.logs.join('')).toContain('"event":"mail_failed"');
  });
});
