import { Resolver } from 'node:dns/promises';
import pino from 'pino';
import type { Config } from '../../server/config.ts';
import { MailError } from '../../server/mail/mail-error.ts';
import { createMailer } from '../../server/mail/mailer.ts';
import { error, type Finding, remark, warning } from './finding.ts';

/** Checks that the mail server accepts the credentials and, if an address is given, a test mail to it. */
export async function checkMail(config: Config, testAddress: string | undefined): Promise<Finding[]> {
  const mailer = createMailer(config.mail, { log: pino({ level: 'silent' }) });
  try {
    await mailer.verify();
    if (testAddress === undefined) return [];
    return await mailer.send(composeTestMail(testAddress)).then(
      () => [],
      (cause: unknown) => [
        error(
          'test_mail_failed',
          describeMailFailure(cause),
          'read what the mail server says of this sender and recipient',
        ),
      ],
    );
  } catch (cause) {
    const mend = 'check EMAIL_HOST, EMAIL_PORT, the TLS setting and the credentials';
    return [error('mail_unreachable', describeMailFailure(cause), mend)];
  } finally {
    mailer.close();
  }
}

const composeTestMail = (to: string) => ({
  to,
  subject: 'Acolhe: e-mail de teste / test mail',
  text: 'Este e-mail mostra que o Acolhe consegue enviar mensagens.\n\nThis mail shows that Acolhe can send messages.\n',
  html: '<p>Este e-mail mostra que o Acolhe consegue enviar mensagens.</p><p lang="en">This mail shows that Acolhe can send messages.</p>',
  headers: { 'Auto-Submitted': 'auto-generated' },
});

const describeMailFailure = (cause: unknown): string =>
  cause instanceof MailError
    ? `${cause.words.replace(/\s+/g, ' ')} (${cause.code})`
    : cause instanceof Error
      ? cause.message
      : String(cause);

/** The part of node:dns that is used; tests pass their own. */
export interface DnsSource {
  resolveTxt(name: string): Promise<string[][]>;
  resolveMx(name: string): Promise<{ readonly exchange: string }[]>;
  resolveNs(name: string): Promise<string[]>;
}

/** Names without public DNS records (RFC 2606, RFC 6761). */
const reserved = /(^|\.)(localhost|local|internal|test|example|invalid)$|^example\.(com|net|org)$/;

/** Checks the sender's SPF, DMARC and MX records: without them sign-in codes land in the spam folder. */
export async function checkSender(config: Config, dns: DnsSource = createResolver()): Promise<Finding[]> {
  const domain = /@([^>\s]+)>?$/.exec(config.mail.from)?.[1]?.toLowerCase() ?? '';
  if (domain === '' || !domain.includes('.') || reserved.test(domain))
    return [
      warning('sender_local', `mails come from ${domain}`, 'set DEFAULT_FROM_EMAIL to an address of your own domain'),
    ];
  try {
    return await checkSenderRecords(domain, dns);
  } catch (cause) {
    return [
      remark(
        'dns_silent',
        `DNS has no answer about ${domain}: ${describeMailFailure(cause)}`,
        'check SPF and DMARC elsewhere',
      ),
    ];
  }
}

async function checkSenderRecords(domain: string, dns: DnsSource): Promise<Finding[]> {
  const [spf, dmarc, mx] = await Promise.all([
    hasTextRecord(dns, domain, 'v=spf1'),
    hasDmarcRecord(dns, domain),
    emptyIfMissing(dns.resolveMx(domain)),
  ]);
  if (!spf && !dmarc && mx.length === 0) {
    // Some networks answer every query with "no such name". The top-level domain certainly exists.
    const top = domain.slice(domain.lastIndexOf('.') + 1);
    if ((await emptyIfMissing(dns.resolveNs(top))).length === 0) throw new Error(`it does not even know .${top}`);
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
async function hasDmarcRecord(dns: DnsSource, domain: string): Promise<boolean> {
  const labels = domain.split('.');
  for (let first = 0; first < labels.length - 1; first++)
    if (await hasTextRecord(dns, `_dmarc.${labels.slice(first).join('.')}`, 'v=DMARC1')) return true;
  return false;
}

const hasTextRecord = async (dns: DnsSource, name: string, start: string): Promise<boolean> =>
  (await emptyIfMissing(dns.resolveTxt(name))).some((parts) =>
    parts.join('').toLowerCase().startsWith(start.toLowerCase()),
  );

/** An empty list when DNS answers "no such name" or "no such record". Throws when DNS does not answer. */
async function emptyIfMissing<Item>(answer: Promise<Item[]>): Promise<Item[]> {
  try {
    return await answer;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
    throw cause;
  }
}

const createResolver = (): DnsSource => new Resolver({ timeout: 1500, tries: 2 });
