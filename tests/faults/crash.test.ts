import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startSmtpSink } from '../../src/server/mail/testing/smtp-sink.ts';
import { email, type Installation, startInstallation } from './installation.ts';
import { startLoad } from './load.ts';

describe('kill -9', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await startInstallation();
  });
  afterEach(() => installation.killServers());
  afterAll(() => installation.stop());

  const missing = async (ids: readonly string[]): Promise<string[]> => {
    const rows = await installation.query<{ id: string }>('select id from clients where id = any ($1)', [ids]);
    const found = new Set(rows.map(({ id }) => id));
    return ids.filter((id) => !found.has(id));
  };

  it('of the server under load loses no acknowledged write, and leaves no half one', async () => {
    const server = await installation.startServer();
    const { accessToken } = await installation.signIn(server);
    const load = startLoad(server.address, accessToken, installation.professionalId, 8);
    await vi.waitUntil(() => load.acknowledged().length > 50, 20_000);
    server.process.kill('SIGKILL');
    await server.exited;
    await load.stop();
    expect(await missing(load.acknowledged())).toEqual([]);
    // A client and its first version are written together.
    const halves = await installation.query(
      `select c.id from clients c left join client_versions v on v.client_id = c.id where v.client_id is null`,
    );
    expect(halves).toEqual([]);
    const again = await installation.startServer();
    const { api } = await installation.signIn(again);
    expect((await api('GET /clients', { query: { limit: 1 } })).body.total.value).toBeGreaterThan(50);
  });

  it('of PostgreSQL under load loses no acknowledged write, and the server goes on by itself', async () => {
    const server = await installation.startServer();
    const { accessToken } = await installation.signIn(server);
    const load = startLoad(server.address, accessToken, installation.professionalId, 8);
    await vi.waitUntil(() => load.acknowledged().length > 50, 20_000);
    process.kill(await installation.postmaster(), 'SIGKILL');
    await vi.waitUntil(() => load.outcomes.some(({ status }) => status === 503), 20_000);
    const before = load.acknowledged().length;
    await vi.waitUntil(() => load.acknowledged().length > before + 50, 30_000);
    await load.stop();
    expect(await missing(load.acknowledged())).toEqual([]);
    expect(new Set(load.outcomes.map(({ status }) => status))).toEqual(new Set([201, 503]));
    const refused = load.outcomes.filter(({ status }) => status === 503);
    expect(new Set(refused.map(({ type }) => type))).toEqual(new Set(['application/problem+json; charset=utf-8']));
    expect(Math.max(...refused.map(({ milliseconds }) => milliseconds))).toBeLessThan(5000);
    expect(server.process.exitCode).toBeNull();
    // Background jobs run again: a code arrives.
    const { api } = await installation.signIn(server);
    expect((await api('GET /me')).status).toBe(200);
  });

  it('of a server that is sending a mail: another takes the job over within seconds', async () => {
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => sockets.add(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const sink = await startSmtpSink();
    const from = { DEFAULT_FROM_EMAIL: 'ola@faults.example', EMAIL_HOST: '127.0.0.1' };
    const first = await installation.startServer({
      ...from,
      EMAIL_PORT: String((silent.address() as AddressInfo).port),
    });
    await fetch(`${first.address}/api/v1/auth/codes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email }),
    });
    await vi.waitUntil(() => sockets.size > 0, 10_000);
    first.process.kill('SIGKILL');
    await first.exited;
    const second = await installation.startServer({ ...from, EMAIL_PORT: String(sink.port) });
    await vi.waitUntil(() => sink.received.length > 0, 30_000);
    expect(sink.received.map(({ recipients }) => recipients)).toEqual([[email]]);
    expect(second.log.map(({ event }) => event)).toContain('jobs_handed_back');
    for (const socket of sockets) socket.destroy();
    silent.close();
    await sink.close();
  });
});
