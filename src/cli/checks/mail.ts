import pino from 'pino';
import type { Config } from '../../server/config.ts';
import { createMailer } from '../../server/mail/mailer.ts';
import { error, type Finding } from './finding.ts';

/** Whether the mail server answers and takes the credentials; nothing is sent. */
export async function mailFindings(config: Config): Promise<Finding[]> {
  const mailer = createMailer(config.mail, { log: pino({ level: 'silent' }) });
  try {
    await mailer.verify();
    return [];
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return [error('mail_unreachable', message, 'check EMAIL_HOST, EMAIL_PORT, the TLS setting and the credentials')];
  } finally {
    mailer.close();
  }
}
