import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';

const token = 'k7Qw2ZpX9vR4mT8sB1nY6cL3';

describe('what a server tells of itself', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ METRICS_TOKEN: token });
    await server.createClinic('numbers.example');
  });
  afterAll(() => server.stop());

  const read = (authorization?: string) =>
    fetch(`${server.address}/metrics`, authorization === undefined ? {} : { headers: { authorization } });
  const numbers = async (): Promise<Map<string, number>> => {
    const lines = (await (await read(`Bearer ${token}`)).text()).split('\n');
    return new Map(
      lines.flatMap((line) => {
        const at = line.lastIndexOf(' ');
        return line.startsWith('#') || at === -1 ? [] : [[line.slice(0, at), Number(line.slice(at + 1))]];
      }),
    );
  };

  it('shows its numbers to whoever has the token', async () => {
    for (const wrong of [undefined, '', 'Bearer', `Bearer ${token}x`, `Basic ${token}`, `bearer ${token}`])
      expect((await read(wrong)).status).toBe(401);
    const answer = await read(`Bearer ${token}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('counts requests by route, mails, connections, jobs and itself, and nothing by name', async () => {
    const ana = await server.signIn('ana@numbers.example');
    const { body } = await ana.api('POST /clients', {
      body: { firstName: 'Inês', professionalId: ana.professionalId },
    });
    await ana.api('GET /clients/{id}', { params: { id: body.id } });
    await fetch(`${server.address}/api/v1/nowhere-${body.id}`);
    const seen = await numbers();
    const count = (labels: string) => seen.get(`acolhe_http_request_duration_seconds_count{${labels}}`);
    expect(count('method="GET",route="/api/v1/clients/:id",status="200"')).toBe(1);
    expect(count('method="POST",route="/api/v1/clients",status="201"')).toBe(1);
    expect(count('method="GET",route="none",status="404"')).toBe(1);
    expect(seen.get('acolhe_mails_total{outcome="sent"}')).toBe(1);
    expect(seen.get('acolhe_mails_total{outcome="failed"}')).toBe(0);
    expect(seen.get('acolhe_db_connections{pool="requests",state="waiting"}')).toBe(0);
    expect(seen.get('acolhe_jobs{state="given_up"}')).toBe(0);
    expect(seen.get('acolhe_http_requests_shed_total')).toBe(0);
    expect(seen.has('nodejs_eventloop_lag_p99_seconds')).toBe(true);
    const text = [...seen.keys()].join('\n');
    for (const personal of [body.id, 'Inês', 'numbers.example', ana.sessionId]) expect(text).not.toContain(personal);
  });

  it('is ready with its database, its migrations and its worker', async () => {
    const answer = await fetch(`${server.address}/readyz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      status: 'ok',
      checks: { database: true, migrations: true, access: true, writable: true, worker: true },
    });
  });

  it('writes events by stable names and without personal data', async () => {
    const bruno = await server.signIn('bruno@numbers.example');
    await bruno.api('GET /clients', { query: { q: 'segredo' } });
    const log = server.logs.join('');
    const events = new Set(server.logs.flatMap((line) => (JSON.parse(line) as { event?: string }).event ?? []));
    expect([...events]).toEqual(expect.arrayContaining(['otp_sent', 'session_created', 'request', 'mail_kept']));
    for (const personal of ['bruno@', 'segredo', bruno.accessToken]) expect(log).not.toContain(personal);
  });
});

it('has no such address without a token', async () => {
  const server = await startTestServer();
  expect((await fetch(`${server.address}/metrics`, { headers: { authorization: 'Bearer ' } })).status).toBe(404);
  await server.stop();
});
