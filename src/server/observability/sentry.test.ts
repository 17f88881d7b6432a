import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { ApiError } from '../../shared/api-client.ts';
import { sql } from '../db/sql.ts';

interface Received {
  readonly path: string;
  readonly text: string;
  readonly event: SentryEvent;
}

interface SentryEvent {
  readonly release: string;
  readonly transaction: string;
  readonly tags: { readonly request_id?: string };
  readonly exception: {
    readonly values: readonly {
      readonly type: string;
      readonly value: string;
      readonly stacktrace: { readonly frames: readonly { readonly filename: string; readonly in_app: boolean }[] };
    }[];
  };
}

const secrets = [
  'Inês',
  'Segredo',
  'ines@',
  '52998224725',
  '529.982.247-25',
  '987654321',
  'Rua das Flores',
  'ana@',
  '127.0.0.1',
];

describe('errors are reported by SENTRY_DSN', () => {
  let sentry: Server;
  let server: TestServer;
  let ana: Awaited<ReturnType<TestServer['signIn']>>;
  let received: Received[] = [];
  let status = 200;

  beforeAll(async () => {
    sentry = createServer((request, response) => {
      void buffer(request).then((body) => {
        const text = body.toString();
        const lines = text.split('\n');
        received.push({ path: request.url ?? '', text, event: JSON.parse(lines[2] ?? '') as SentryEvent });
        response.writeHead(status).end('{}');
      });
    }).listen(0, '127.0.0.1');
    await once(sentry, 'listening');
    const { port } = sentry.address() as AddressInfo;
    server = await startTestServer({ SENTRY_DSN: `http://abc123@127.0.0.1:${String(port)}/42`, GIT_COMMIT: 'c0ffee1' });
    await server.createClinic('sentry.example');
    ana = await server.signIn('ana@sentry.example');
    // An error whose detail quotes the whole row.
    await server.db.system((tx) =>
      tx.run(sql`alter table clients add constraint nobody_foresaw check (first_name <> 'Inês')`),
    );
  });
  afterAll(async () => {
    await server.stop();
    sentry.close();
  });
  beforeEach(() => {
    received = [];
  });

  const fail = async (lastName = 'Segredo'): Promise<string> => {
    const failure = await ana
      .api('POST /clients', {
        body: {
          firstName: 'Inês',
          lastName,
          professionalId: ana.professionalId,
          email: 'ines@paciente.example',
          document: '529.982.247-25',
          phone: '(11) 98765-4321',
        },
      })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect((failure as ApiError).status).toBe(500);
    return (failure as ApiError).problem.requestId ?? '';
  };

  it('one event for a fault, with what finds it and nothing of whom it befell', async () => {
    const requestId = await fail();
    await expect.poll(() => received.length).toBe(1);
    const [{ path, text, event } = { path: '', text: '', event: undefined }] = received;
    expect(path).toMatch(/^\/api\/42\/envelope\/\?.*sentry_key=abc123/);
    expect(event).toMatchObject({
      release: expect.stringMatching(/^acolhe@\d+\.\d+\.\d+\+c0ffee1$/) as string,
      transaction: 'POST /api/v1/clients',
      tags: { request_id: requestId },
    });
    const [exception] = event?.exception.values ?? [];
    expect(exception).toMatchObject({ value: expect.stringContaining('23514 · clients · nobody_foresaw') as string });
    const own = exception?.stacktrace.frames.filter((frame) => frame.in_app).map(({ filename }) => filename);
    // Both say where it came from: the work, and who asked for it.
    expect(own).toContain('src/server/db/transaction.ts');
    expect(own).toContain('src/server/features/clients/uniqueness.ts');
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(Object.keys(event ?? {}).sort()).toEqual(
      [
        'contexts',
        'environment',
        'event_id',
        'exception',
        'level',
        'platform',
        'release',
        'sdk',
        'tags',
        'timestamp',
        'transaction',
      ].sort(),
    );
    // The log follows the same rule.
    const log = server.logs.find((line) => line.includes('request_failed'));
    expect(log).toContain('nobody_foresaw');
    for (const secret of secrets) expect(log).not.toContain(secret);
  });

  it('the same fault again is not told again at once, another one is', async () => {
    await fail('Outra');
    await server.db.system((tx) => tx.run(sql`alter table client_versions rename to elsewhere`));
    await ana.api('POST /clients', { body: { firstName: 'Rita', professionalId: ana.professionalId } }).catch(() => 0);
    await expect.poll(() => received.length).toBe(1);
    expect(received[0]?.event.exception.values[0]?.value).toContain('42P01');
  });

  it('what the caller did wrong is none', async () => {
    await ana.api('POST /clients', { body: { firstName: '', professionalId: ana.professionalId } }).catch(() => 0);
    await fetch(`${server.address}/api/v1/nowhere?q=Segredo`);
    await fetch(`${server.address}/api/v1/me`);
    await sleep(200);
    expect(received).toEqual([]);
  });

  it('jobs that fail are told by their kind', async () => {
    status = 500;
    await server.db.system((tx) =>
      tx.run(sql`select graphile_worker.add_job('send_invitation', '{"professionalId":"no id"}'::json)`),
    );
    await expect.poll(() => received.map(({ event }) => event.transaction)).toContain('send_invitation');
    // When reports do not arrive, the log says so and requests still work.
    await expect.poll(() => server.logs.some((line) => line.includes('error_report_failed'))).toBe(true);
    expect((await ana.api('GET /me')).status).toBe(200);
  });
});
