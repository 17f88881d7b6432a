import type { Transporter } from 'nodemailer';
import type { MailConfig } from '../config.ts';
import { toMailError } from './mail-error.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import type { MailMessage } from './message.ts';
import { withDeadline } from '../../shared/deadline.ts';

interface MailLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface Mailer {
  /** Hands a mail to the server within about 20 s. Throws MailError. */
  send(message: MailMessage): Promise<void>;
  /** Connects and signs in without sending. Throws MailError. */
  verify(): Promise<void>;
  /** Gives running deliveries 3 s to finish, then aborts them (MailError), so that a silent server does not delay the stop. */
  close(): void;
  /** Keeps the mails in development; undefined when they are sent by SMTP. */
  readonly mailbox: Mailbox | undefined;
}

interface MailerOptions {
  readonly log: MailLog;
  /** Milliseconds that each step of a delivery may take: connecting, greeting, silence in between. At most 10 s. */
  readonly stepTimeout?: number;
}

type SmtpConfig = Extract<MailConfig, { transport: 'smtp' }>;

const longestStep = 10_000;
const closingGrace = 3000;

const smtpOptions = (config: SmtpConfig, step: number) => ({
  host: config.host,
  port: config.port,
  secure: config.tls === 'implicit',
  // `none` never encrypts, as in Django; `starttls` never falls back to an unencrypted connection.
  requireTLS: config.tls === 'starttls',
  ignoreTLS: config.tls === 'none',
  connectionTimeout: step,
  greetingTimeout: step,
  socketTimeout: step,
  dnsTimeout: step,
  socketCloseTimeout: 1000,
  disableFileAccess: true,
  disableUrlAccess: true,
  tls: { minVersion: 'TLSv1.2' as const },
  ...(config.user === undefined ? {} : { auth: { user: config.user, pass: config.password ?? '' } }),
});

function createSmtpMailer(config: SmtpConfig, { log, stepTimeout = longestStep }: MailerOptions): Mailer {
  const step = Math.min(stepTimeout, longestStep);
  let opened: Promise<Transporter> | undefined;
  // Loaded for the first mail: where several processes serve, most send none.
  const open = (): Promise<Transporter> =>
    (opened ??= import('nodemailer').then(({ createTransport }) => createTransport(smtpOptions(config, step))));
  const closing = new AbortController();
  const deliver = async ({
    to,
    subject,
    text,
    html,
    headers,
  }: MailMessage): Promise<{ readonly messageId: string }> => {
    const transport = await open();
    return transport.sendMail({
      from: config.from,
      to: { name: '', address: to },
      subject,
      text,
      html,
      headers,
      textEncoding: 'quoted-printable',
      signal: AbortSignal.any([AbortSignal.timeout(2 * step), closing.signal]),
    });
  };
  return {
    mailbox: undefined,
    async send(message) {
      const started = performance.now();
      const milliseconds = () => Math.round(performance.now() - started);
      try {
        const { messageId } = await deliver(message);
        log.info({ event: 'mail_sent', messageId, milliseconds: milliseconds() }, 'mail sent');
      } catch (error) {
        const failure = toMailError(error);
        const { code, responseCode, permanent } = failure;
        log.warn(
          { event: 'mail_failed', code, responseCode, permanent, milliseconds: milliseconds() },
          'mail not sent',
        );
        throw failure;
      }
    },
    async verify() {
      try {
        await withDeadline(2 * step, (await open()).verify(), () =>
          Object.assign(new Error('too slow'), { code: 'ETIMEDOUT' }),
        );
      } catch (error) {
        throw toMailError(error);
      }
    },
    close() {
      const breakOff = () => {
        closing.abort();
        void opened?.then((transport) => {
          transport.close();
        });
      };
      setTimeout(breakOff, closingGrace).unref();
    },
  };
}

function createMailboxMailer(from: string, { log }: MailerOptions): Mailer {
  const mailbox = createMailbox();
  return {
    mailbox,
    send(message) {
      const { id } = mailbox.add(message, from);
      log.info({ event: 'mail_kept', id }, 'mail kept in the development mailbox');
      return Promise.resolve();
    },
    verify: () => Promise.resolve(),
    close: () => undefined,
  };
}

/** Sends by SMTP, or, in development without a server, into a mailbox that `/dev/mailbox` shows. */
export const createMailer = (config: MailConfig, options: MailerOptions): Mailer =>
  config.transport === 'smtp' ? createSmtpMailer(config, options) : createMailboxMailer(config.from, options);
