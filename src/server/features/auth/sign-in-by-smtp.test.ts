import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startTestServer } from '../../../../tests/support/server.ts';
import { countJobs } from '../../jobs/queue-state.ts';
import { startSmtpSink } from '../../mail/testing/smtp-sink.ts';

const email = 'ana@smtp.example';

/** Starts the whole server with SMTP to a port of this machine. */
async function startServerMailingTo(port: number) {
  const env = { EMAIL_HOST: '127.0.0.1', EMAIL_PORT: String(port), DEFAULT_FROM_EMAIL: 'Acolhe <ola@smtp.example>' };
  const server = await startTestServer(env);
  onTestFinished(() => server.stop());
  await server.createClinic('smtp.example');
  return server;
}

it('signs in with the code that came by SMTP, which no log line holds', async () => {
  const sink = await startSmtpSink();
  onTestFinished(() => sink.close());
  const { api, logs } = await startServerMailingTo(sink.port);
  await api('POST /auth/codes', { body: { email } });
  const [{ mail }] = await vi.waitUntil(
    () => (sink.received[0] === undefined ? undefined : [sink.received[0]]),
    20_000,
  );
  const code = /\b\d{6}\b/.exec(mail.text ?? '')?.[0] ?? '';
  expect(mail.subject).toBe(`Seu código de acesso ao Acolhe: ${code}`);
  expect(mail.from?.text).toBe('"Acolhe" <ola@smtp.example>');
  const { status } = await api('POST /auth/sessions', {
    body: { email, code, device: { id: 'computer' }, transport: 'bearer' },
  });
  expect(status).toBe(201);
  expect(logs.join('')).toContain('mail_sent');
  expect(logs.join('')).not.toContain(code);
  expect(logs.join('')).not.toContain(email);
});

it('tries once to reach a mailbox that does not exist, and leaves no job behind', async () => {
  let asked = 0;
  const sink = await startSmtpSink({
    onRcptTo(_, __, done) {
      asked += 1;
      done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
    },
  });
  onTestFinished(() => sink.close());
  const { api, db, logs } = await startServerMailingTo(sink.port);
  await api('POST /auth/codes', { body: { email } });
  await vi.waitUntil(() => logs.some((line) => line.includes('job_dropped')), 20_000);
  expect(logs.filter((line) => line.includes('mail_failed')).map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { code: 'EENVELOPE', responseCode: 550, permanent: true },
  ]);
  await expect.poll(() => countJobs(db)).toEqual({ due: 0, running: 0, later: 0, given_up: 0 });
  expect(asked).toBe(1);
});

it('answers a request for a code at once while the mail server says nothing', async () => {
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { api } = await startServerMailingTo((silent.address() as AddressInfo).port);
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
  const started = performance.now();
  const { status } = await api('POST /auth/codes', { body: { email } });
  expect(status).toBe(202);
  expect(performance.now() - started).toBeLessThan(1000);
  await vi.waitUntil(() => sockets.size > 0, 5000);
});
