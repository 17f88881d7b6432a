import { Resolver } from 'node:dns/promises';
import pino from 'pino';
import type { Config } from '../../server/config.ts';
import { MailError } from '../../server/mail/mail-error.ts';
import { createMailer } from '../../server/mail/mailer.ts';
import { error, type Finding, remark, warning } from './finding.ts';

/** Whether the mail server accepts the credentials and, if an address is given, a mail to it. */
export async function mailFindings(config: Config, testAddress: string | undefined): Promise<Finding[]> {
  const mailer = createMailer(config.mail, { log: pino({ level: 'silent' }) });
  try {
    await mailer.verify();
    if (testAddress === undefined) return [];
    return await mailer.send(testMail(testAddress)).then(
      () => [],
      (cause: unknown) => [
        error('test_mail_failed', wordsOf(cause), 'read what the mail server says of this sender and recipient'),
      ],
    );
  } catch (cause) {
    const mend = 'check EMAIL_HOST, EMAIL_PORT, the TLS setting and the credentials';
    return [error('mail_unreachable', wordsOf(cause), mend)];
  } finally {
    mailer.close();
  }
}

const testMail = (to: string) => ({
  to,
  subject: 'Acolhe: e-mail de teste / test mail',
  text: 'Este e-mail mostra que o Acolhe consegue enviar mensagens.\n\nThis mail shows that Acolhe can send messages.\n',
  html: '<p>Este e-mail mostra que o Acolhe consegue enviar mensagens.</p><p lang="en">This mail shows that Acolhe can send messages.</p>',
  headers: { 'Auto-Submitted': 'auto-generated' },
});

const wordsOf = (cause: unknown): string =>
  cause instanceof MailError
    ? `${cause.words.replace(/\s+/g, ' ')} (${cause.code})`
    : cause instanceof Error
      ? cause.message
      : String(cause);

/** The DNS resolver; tests use a server of their own. */
export interface DnsSource {
  resolveTxt(name: string): Promise<string[][]>;
  resolveMx(name: string): Promise<{ readonly exchange: string }[]>;
  resolveNs(name: string): Promise<string[]>;
}

/** Names without public DNS records (RFC 2606, RFC 6761). */
const reserved = /(^|\.)(localhost|local|internal|test|example|invalid)$|^example\.(com|net|org)$/;

/** The DNS records that receivers check: without them codes land in the spam folder. */
export async function senderFindings(config: Config, dns: DnsSource = newResolver()): Promise<Finding[]> {
  const domain = /@([^>\s]+)>?$/.exec(config.mail.from)?.[1]?.toLowerCase() ?? '';
  if (domain === '' || !domain.includes('.') || reserved.test(domain))
    return [
      warning('sender_local', `mails come from ${domain}`, 'set DEFAULT_FROM_EMAIL to an address of your own domain'),
    ];
  try {
    return await askFor(domain, dns);
  } catch (cause) {
    return [
      remark('dns_silent', `DNS has no answer about ${domain}: ${wordsOf(cause)}`, 'check SPF and DMARC elsewhere'),
    ];
  }
}

async function askFor(domain: string, dns: DnsSource): Promise<Finding[]> {
  const [spf, dmarc, mx] = await Promise.all([
    texts(dns, domain, 'v=spf1'),
    dmarcOf(dns, domain),
    noneOr(dns.resolveMx(domain)),
  ]);
  if (!spf && !dmarc && mx.length === 0) {
    // Some networks answer every query with "no such name". The top-level domain certainly exists.
    const top = domain.slice(domain.lastIndexOf('.') + 1);
    if ((await noneOr(dns.resolveNs(top))).length === 0) throw new Error(`it does not even know .${top}`);
  }
  return [
    ...(spf
      ? []
      : [
          warning(
            'spf_missing',
            `${domain} has no SPF record`,
            `add the TXT record your mail service asks for at ${domain}, beginning with v=spf1`,
          ),
        ]),
    ...(dmarc
      ? []
      : [
          warning(
            'dmarc_missing',
            `${domain} has no DMARC record`,
            `add a TXT record at _dmarc.${domain}, to begin with: v=DMARC1; p=none; rua=mailto:…`,
          ),
        ]),
    ...(mx.length > 0
      ? []
      : [
          warning(
            'sender_without_mail',
            `${domain} takes no mail (no MX record)`,
            'use a sender whose domain can be answered, or add an MX record',
          ),
        ]),
  ];
}

/** A subdomain without a record uses that of its parent (RFC 7489 section 6.6.3). */
async function dmarcOf(dns: DnsSource, domain: string): Promise<boolean> {
  const labels = domain.split('.');
  for (let first = 0; first < labels.length - 1; first++)
    if (await texts(dns, `_dmarc.${labels.slice(first).join('.')}`, 'v=DMARC1')) return true;
  return false;
}

const texts = async (dns: DnsSource, name: string, start: string): Promise<boolean> =>
  (await noneOr(dns.resolveTxt(name))).some((parts) => parts.join('').toLowerCase().startsWith(start.toLowerCase()));

/** No such name and no such record are answers; silence is not. */
async function noneOr<Item>(answer: Promise<Item[]>): Promise<Item[]> {
  try {
    return await answer;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
    throw cause;
  }
}

const newResolver = (): DnsSource => new Resolver({ timeout: 1500, tries: 2 });
