import type { Duplex } from 'node:stream';
import type { SMTPServerOptions } from 'smtp-server';
import { expect, it, onTestFinished } from 'vitest';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { startTcpProxy } from '../../../../tests/support/tcp-proxy.ts';
import { startSmtpSink } from '../../mail/testing/smtp-sink.ts';
import { queueDueReminders } from './reminders.ts';
import { createReminderClinic, untilJobsAreDone } from './testing/reminder-clinic.ts';

async function startMailing(port: number): Promise<TestServer> {
  const server = await startTestServer({
    EMAIL_HOST: '127.0.0.1',
    EMAIL_PORT: String(port),
    DEFAULT_FROM_EMAIL: 'Acolhe <ola@smtp.example>',
  });
  onTestFinished(() => server.stop());
  return server;
}

async function startSink(options?: SMTPServerOptions, port?: number) {
  const sink = await startSmtpSink(options, port);
  onTestFinished(() => sink.close());
  return sink;
}

const book = async (server: TestServer) => {
  const clinic = await createReminderClinic(server, [60]);
  const { id } = await clinic.book(59);
  await queueDueReminders(server.db);
  return async () => (await clinic.listReminders(id))[0]?.state;
};

it('a reminder that the mail server refuses for now is tried again, until it is sent once', async () => {
  let refusals = 2;
  const sink = await startSink({
    onRcptTo(_address, _session, done) {
      refusals -= 1;
      done(refusals < 0 ? null : Object.assign(new Error('later'), { responseCode: 451 }));
    },
  });
  const server = await startMailing(sink.port);
  const state = await book(server);
  await expect.poll(state, { timeout: 40_000 }).toBe('sent');
  expect(sink.received).toHaveLength(1);
});

it('a reminder waits for a mail server that is not there yet', async () => {
  const sink = await startSmtpSink();
  const { port } = sink;
  await sink.close();
  const server = await startMailing(port);
  const state = await book(server);
  await expect.poll(state, { timeout: 20_000 }).toBe('waiting');
  const back = await startSink({}, port);
  await expect.poll(state, { timeout: 60_000 }).toBe('sent');
  expect(back.received).toHaveLength(1);
});

it('a reminder for a mailbox that does not exist is given up', async () => {
  let asked = 0;
  const sink = await startSink({
    onRcptTo(_address, _session, done) {
      asked += 1;
      done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
    },
  });
  const server = await startMailing(sink.port);
  const state = await book(server);
  await expect.poll(state, { timeout: 20_000 }).toBe('unsent');
  await untilJobsAreDone(server);
  expect(asked).toBe(1);
});

it('a reminder whose mail server breaks off after taking it is never sent twice', async () => {
  let taken = 0;
  const sink = await startSink({
    onData(stream: Duplex) {
      stream.resume();
      stream.on('end', () => {
        taken += 1;
        void proxy.cut();
      });
    },
  });
  const proxy = await startTcpProxy(`smtp://127.0.0.1:${String(sink.port)}`);
  onTestFinished(() => proxy.close());
  const server = await startMailing(Number(new URL(proxy.url).port));
  const state = await book(server);
  await expect.poll(state, { timeout: 30_000 }).toBe('unknown');
  await proxy.restore();
  await queueDueReminders(server.db);
  await untilJobsAreDone(server);
  expect(taken).toBe(1);
  expect(server.logs.join('')).toContain('reminder_uncertain');
});
