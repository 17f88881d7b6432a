import { setTimeout as sleep } from 'node:timers/promises';
import type { ParsedMail } from 'mailparser';
import { startSmtpSink } from '../../src/server/mail/testing/smtp-sink.ts';

export interface MailServer {
  /** On 127.0.0.1, without sign-in or TLS. */
  port: number;
  /** Every mail so far, oldest first. */
  mails: readonly ReceivedMail[];
  /**
   * Resolves with the first mail to that address, in any spelling, that came after the first `after` mails; rejects when
   * none comes within five seconds. Take `after: server.mails.length` before what sends the mail.
   */
  waitForMail(to: string, options?: { after?: number }): Promise<ReceivedMail>;
  close(): Promise<void>;
}

export interface ReceivedMail {
  /** Envelope recipients. */
  recipients: readonly string[];
  mail: ParsedMail;
}

const patience = 5000;

/** A real SMTP server on a free port that keeps the mails it is given. */
export async function startMailServer(): Promise<MailServer> {
  const sink = await startSmtpSink();
  return {
    port: sink.port,
    mails: sink.received,
    waitForMail: async (to, { after = 0 } = {}) => {
      const wanted = to.toLowerCase();
      const giveUpAt = Date.now() + patience;
      while (Date.now() < giveUpAt) {
        const found = sink.received
          .slice(after)
          .find(({ recipients }) => recipients.some((address) => address.toLowerCase() === wanted));
        if (found) return found;
        await sleep(20);
      }
      const others = sink.received.map(({ recipients }) => recipients.join());
      throw new Error(`No mail for ${to} within ${String(patience)} ms; there are: ${others.join(' ') || 'none'}`);
    },
    close: () => sink.close(),
  };
}
