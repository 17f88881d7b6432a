import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMailer } from '../../mail/mailer.ts';
import { composeSignInMail, type SignInMail } from './sign-in-mail.ts';
import { startSmtpSink } from '../../mail/testing/smtp-sink.ts';

const asked: SignInMail = {
  to: 'ana@exemplo.acolhe',
  code: '048213',
  ordinal: 2,
  requestedAt: new Date('2026-11-23T17:03:59Z'),
  ttlSeconds: 600,
  timeZone: 'America/Sao_Paulo',
  locale: 'pt-BR',
  link: undefined,
};

const mails = fc.record({
  to: fc.constant('ana@exemplo.acolhe'),
  code: fc.integer({ min: 0, max: 999_999 }).map((number) => String(number).padStart(6, '0')),
  ordinal: fc.integer({ min: 1, max: 200 }),
  requestedAt: fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
  ttlSeconds: fc.integer({ min: 1, max: 86_400 }),
  timeZone: fc.constantFrom('America/Sao_Paulo', 'America/Noronha', 'Asia/Kathmandu', 'UTC'),
  locale: fc.constantFrom('pt-BR' as const, 'en' as const),
  link: fc.constantFrom(undefined, 'https://clinica.example/entrar#email=ana%40exemplo.acolhe&chave=a-123456-b'),
});

const firstSixDigits = (content: string) => /(?<!\w)\d{6}(?!\w)/.exec(content)?.[0];

describe('the sign-in mail', () => {
  it('says in Portuguese which code it is, when it was asked for and how long it is good', () => {
    const { subject, text } = composeSignInMail(asked);
    expect(subject).toBe('Seu código de acesso ao Acolhe: 048213');
    expect(text).toContain('\n048213\n');
    expect(text).toContain('código nº 2, pedido às 14:03');
    expect(text).toContain('Vale por 10 minutos, até 14:13');
    expect(text).toContain('Se não foi você, ignore este e-mail');
  });

  it('says it in English', () => {
    const { subject, text, html } = composeSignInMail({ ...asked, locale: 'en' });
    expect(subject).toBe('Your Acolhe sign-in code: 048213');
    expect(text).toContain('code no. 2, requested at 14:03');
    expect(text).toContain('Good for 10 minutes, until 14:13');
    expect(html).toContain('lang="en"');
    expect(html).toContain('If it wasn&#39;t you, ignore this e-mail');
  });

  it.each([
    [30, 'Vale por 30 segundos'],
    [60, 'Vale por 1 minuto,'],
    [90, 'Vale por 1 minuto,'],
    [7200, 'Vale por 120 minutos'],
  ])('puts a life of %i s in words', (ttlSeconds, words) => {
    expect(composeSignInMail({ ...asked, ttlSeconds }).text).toContain(words);
  });

  it('uses the clock of the clinic', () => {
    expect(composeSignInMail({ ...asked, timeZone: 'America/Rio_Branco' }).text).toContain('pedido às 12:03');
  });

  it('has the code as its first number of six digits, at the end of the subject, in text and in HTML', () => {
    fc.assert(
      fc.property(mails, (mail) => {
        const { subject, text, html, code } = composeSignInMail(mail);
        expect(code).toBe(mail.code);
        expect(subject.endsWith(` ${mail.code}`)).toBe(true);
        expect(firstSixDigits(text)).toBe(mail.code);
        expect(firstSixDigits(html)).toBe(mail.code);
        expect(firstSixDigits(html.replace(/<style>[^]*?<\/style>|<[^>]+>/g, ' '))).toBe(mail.code);
      }),
    );
  });

  it('holds one link, after the code, when the address of the web app is known', () => {
    const link = 'https://clinica.example/entrar#email=ana%40exemplo.acolhe&chave=a-123456-b';
    const { text, html } = composeSignInMail({ ...asked, link });
    expect(text).toContain(`\n${link}\n`);
    expect(text.indexOf(link)).toBeGreaterThan(text.indexOf(asked.code));
    expect([...html.matchAll(/\bhref="([^"]*)"/g)].map(([, href]) => href)).toEqual([link.replace('&', '&amp;')]);
  });

  it('holds nothing else to follow, load or run', () => {
    fc.assert(
      fc.property(mails, (mail) => {
        const { text, html } = composeSignInMail({ ...mail, link: undefined });
        expect(`${text}${html}`).not.toMatch(/https?:|www\.|mailto:|\/\//i);
        expect(html).not.toMatch(
          /<(a|img|script|link|iframe|form|object|video)\b|url\(|@import|\bhref=|\bsrc=|\son\w+=/i,
        );
      }),
    );
  });

  it('arrives by SMTP as it was composed, marked as written by no person', async () => {
    const sink = await startSmtpSink();
    onTestFinished(() => sink.close());
    const log = { info: () => undefined, warn: () => undefined };
    const from = 'Acolhe <no-reply@exemplo.acolhe>';
    const config = { host: '127.0.0.1', port: sink.port, user: undefined, password: undefined, from };
    const mailer = createMailer({ transport: 'smtp', tls: 'none', ...config }, { log });
    const composed = composeSignInMail(asked);
    await mailer.send(composed);
    const { mail, source } = sink.received[0] ?? expect.unreachable('nothing arrived');
    expect(mail.subject).toBe(composed.subject);
    expect(mail.text).toBe(composed.text);
    expect(mail.html).toBe(composed.html);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.headers.get('x-auto-response-suppress')).toBe('All');
    // Programs that read the source without decoding it must find the code too.
    expect(source.slice(source.indexOf('\r\n\r\n'))).toMatch(/\r\n048213\r\n/);
  });
});
