import { createServer, type AddressInfo, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import type { MailConfig } from '../config.ts';
import { MailError } from './mail-error.ts';
import { createMailer, type Mailer } from './mailer.ts';
import type { MailMessage } from './message.ts';
import { createSelfSigned } from './testing/self-signed.ts';
import { startSmtpSink, type SmtpSink } from './testing/smtp-sink.ts';

const message: MailMessage = {
  to: 'ana@exemplo.acolhe',
  subject: 'Olá, açúcar & “aspas” 😀',
  text: 'Ação às 14:03\n.\nlinha com ponto sozinho acima\n' + 'é'.repeat(300),
  html: '<p>Ação &amp; reação 😀</p>',
  headers: { 'Auto-Submitted': 'auto-generated' },
};

type SmtpConfig = Extract<MailConfig, { transport: 'smtp' }>;

const configFor = (port: number, rest: Partial<SmtpConfig> = {}): SmtpConfig => ({
  transport: 'smtp',
  host: '127.0.0.1',
  port,
  user: undefined,
  password: undefined,
  tls: 'none',
  from: 'Clínica São João <nao-responda@exemplo.acolhe>',
  ...rest,
});

const lines: object[] = [];
const log = { info: (fields: object) => lines.push(fields), warn: (fields: object) => lines.push(fields) };
afterEach(() => {
  lines.length = 0;
});

async function startSink(options?: SMTPServerOptions): Promise<SmtpSink> {
  const sink = await startSmtpSink(options);
  onTestFinished(() => sink.close());
  return sink;
}

function openMailer(config: MailConfig, stepTimeout?: number): Mailer {
  const mailer = createMailer(config, { log, ...(stepTimeout === undefined ? {} : { stepTimeout }) });
  onTestFinished(() => {
    mailer.close();
  });
  return mailer;
}

const failureOf = (work: Promise<unknown>): Promise<MailError> =>
  work.then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(MailError);
      return error as MailError;
    },
  );

/** A server that accepts connections and then does what `serve` says. */
async function startRawServer(serve: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

describe('delivery', () => {
  it('arrives with every character, both parts, its headers and one recipient', async () => {
    const sink = await startSink();
    await openMailer(configFor(sink.port)).send(message);
    const [received] = sink.received;
    expect(received?.recipients).toEqual([message.to]);
    expect(received?.mail.subject).toBe(message.subject);
    expect(received?.mail.text?.trimEnd()).toBe(message.text);
    expect(received?.mail.html).toContain(message.html);
    expect(received?.mail.from?.value).toEqual([{ name: 'Clínica São João', address: 'nao-responda@exemplo.acolhe' }]);
    expect(received?.mail.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it.each(['josé@exemplo.acolhe', "o'brien+x@exemplo.acolhe"])('reaches %s', async (to) => {
    const sink = await startSink();
    await openMailer(configFor(sink.port)).send({ ...message, to });
    expect(sink.received[0]?.recipients).toEqual([to]);
  });

  it.each(['a@b.co, c@d.co', 'a@b.co\r\nBcc: c@d.co', 'x <c@d.co>'])(
    'never reaches a second person through %j',
    async (to) => {
      const sink = await startSink();
      await openMailer(configFor(sink.port))
        .send({ ...message, to })
        .catch(() => undefined);
      expect(sink.received.flatMap(({ recipients }) => recipients)).not.toContain('c@d.co');
      expect(sink.received.map(({ mail }) => mail.headers.has('bcc'))).not.toContain(true);
    },
  );

  it('signs in with user and password', async () => {
    const seen: unknown[] = [];
    const sink = await startSink({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth({ username, password }, _, done) {
        seen.push([username, password]);
        done(null, { user: username });
      },
    });
    await openMailer(configFor(sink.port, { user: 'usuário', password: 'p ç:@"' })).send(message);
    expect(seen).toEqual([['usuário', 'p ç:@"']]);
    expect(sink.received).toHaveLength(1);
  });

  it('logs that it went out, and nobody it concerns', async () => {
    const sink = await startSink();
    await openMailer(configFor(sink.port)).send({ ...message, code: '123456' });
    expect(lines).toMatchObject([{ event: 'mail_sent' }]);
    expect(JSON.stringify(lines)).not.toMatch(/ana@|123456|Olá/);
  });
});

describe('TLS', () => {
  const certificate = createSelfSigned('localhost');
  const trusted = getCACertificates('default');

  function trustCertificate() {
    setDefaultCACertificates([...trusted, certificate.cert]);
    onTestFinished(() => {
      setDefaultCACertificates(trusted);
    });
  }

  it('sends over STARTTLS when the server is known', async () => {
    trustCertificate();
    const sink = await startSink({ disabledCommands: ['AUTH'], ...certificate });
    await openMailer(configFor(sink.port, { tls: 'starttls', host: 'localhost' })).send(message);
    expect(sink.received.map(({ secure }) => secure)).toEqual([true]);
  });

  it('sends over implicit TLS when the server is known', async () => {
    trustCertificate();
    const sink = await startSink({ secure: true, disabledCommands: ['AUTH'], ...certificate });
    await openMailer(configFor(sink.port, { tls: 'implicit', host: 'localhost' })).send(message);
    expect(sink.received.map(({ secure }) => secure)).toEqual([true]);
  });

  it('sends nothing in the clear when STARTTLS is not offered', async () => {
    const sink = await startSink();
    const failure = await failureOf(openMailer(configFor(sink.port, { tls: 'starttls' })).send(message));
    expect(failure).toMatchObject({ code: 'ETLS', permanent: false });
    expect(sink.received).toEqual([]);
  });

  it.each(['starttls', 'implicit'] as const)('sends nothing over %s to a server nobody vouches for', async (tls) => {
    const sink = await startSink({ secure: tls === 'implicit', disabledCommands: ['AUTH'], ...certificate });
    const mailer = openMailer(configFor(sink.port, { tls, host: 'localhost' }));
    expect(await failureOf(mailer.send(message))).toMatchObject({ permanent: false });
    expect(await failureOf(mailer.verify())).toBeInstanceOf(MailError);
    expect(sink.received).toEqual([]);
  });

  it('sends in the clear where no TLS is asked for, whatever is offered', async () => {
    const sink = await startSink({ disabledCommands: ['AUTH'], ...certificate });
    await openMailer(configFor(sink.port)).send(message);
    expect(sink.received.map(({ secure }) => secure)).toEqual([false]);
  });
});

describe('failures', () => {
  it('gives up on a server that says nothing', async () => {
    const port = await startRawServer(() => undefined);
    const mailer = openMailer(configFor(port), 300);
    const started = performance.now();
    expect(await failureOf(mailer.send(message))).toMatchObject({ code: 'ETIMEDOUT', permanent: false });
    expect(await failureOf(mailer.verify())).toMatchObject({ code: 'ETIMEDOUT' });
    expect(performance.now() - started).toBeLessThan(3000);
    expect(lines).toMatchObject([{ event: 'mail_failed', code: 'ETIMEDOUT' }]);
  });

  it('gives up on a server that trickles forever', async () => {
    const port = await startRawServer((socket) => {
      socket.write('220 localhost\r\n');
      const timer = setInterval(() => socket.write('250-more\r\n'), 50);
      socket.on('close', () => {
        clearInterval(timer);
      });
    });
    const mailer = openMailer(configFor(port), 300);
    const started = performance.now();
    expect(await failureOf(mailer.send(message))).toMatchObject({ code: 'ETIMEDOUT', permanent: false });
    expect(await failureOf(mailer.verify())).toMatchObject({ code: 'ETIMEDOUT' });
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('does not hold a stop up for longer than 3 s', async () => {
    const port = await startRawServer(() => undefined);
    const mailer = openMailer(configFor(port));
    const started = performance.now();
    const failure = failureOf(mailer.send(message));
    mailer.close();
    expect(await failure).toMatchObject({ permanent: false });
    expect(performance.now() - started).toBeLessThan(4000);
  });

  it('lets a delivery in hand finish when it is closed', async () => {
    const sink = await startSink();
    const mailer = openMailer(configFor(sink.port));
    const delivery = mailer.send(message);
    mailer.close();
    await delivery;
    expect(sink.received).toHaveLength(1);
  });

  it('tells a closed port', async () => {
    const sink = await startSmtpSink();
    await sink.close();
    const mailer = openMailer(configFor(sink.port));
    expect(await failureOf(mailer.send(message))).toMatchObject({ permanent: false });
    expect(await failureOf(mailer.verify())).toMatchObject({ permanent: false });
  });

  it.each([
    [451, '', false],
    [550, '', true],
    [550, '5.1.1 ', true],
    // This server may not send at all: the operator can mend that.
    [554, '5.7.1 ', false],
  ])(
    'tells by %i %swhether trying again can help, without naming the recipient',
    async (responseCode, status, permanent) => {
      const sink = await startSink({
        onRcptTo({ address }, _, done) {
          done(Object.assign(new Error(`${status}no such mailbox ${address}`), { responseCode }));
        },
      });
      const failure = await failureOf(openMailer(configFor(sink.port)).send(message));
      expect(failure).toMatchObject({ code: 'EENVELOPE', responseCode, permanent });
      expect(`${failure.message} ${JSON.stringify(lines)}`).not.toContain('ana@');
      expect(failure.cause).toBeUndefined();
    },
  );

  it('knows a sender who is refused from a recipient', async () => {
    const sink = await startSink({
      onMailFrom(_, __, done) {
        done(Object.assign(new Error('not this sender'), { responseCode: 550 }));
      },
    });
    const failure = await failureOf(openMailer(configFor(sink.port)).send(message));
    expect(failure).toMatchObject({ code: 'EENVELOPE', responseCode: 550, permanent: false });
  });

  it('never repeats the password of a refused sign-in', async () => {
    const sink = await startSink({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth({ password }, _, done) {
        done(new Error(`wrong: ${String(password)}`));
      },
    });
    const mailer = openMailer(configFor(sink.port, { user: 'u', password: 'muito-secreta' }));
    const failure = await failureOf(mailer.verify());
    expect(failure).toMatchObject({ code: 'EAUTH', permanent: false });
    expect(`${failure.message}${failure.stack ?? ''}`).not.toContain('muito-secreta');
  });
});

describe('verify', () => {
  it('resolves for a server that answers, without sending', async () => {
    const sink = await startSink();
    await openMailer(configFor(sink.port)).verify();
    expect(sink.received).toEqual([]);
  });
});

describe('the development mailbox', () => {
  it('does not exist where mail really leaves', async () => {
    const sink = await startSink();
    expect(openMailer(configFor(sink.port)).mailbox).toBeUndefined();
  });
});
