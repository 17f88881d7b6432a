import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { KeptMail } from './mailbox.ts';
import { answerMailbox, renderMailboxJson, renderMailboxPage } from './mailbox-page.ts';

const mail = (id: number, rest: Partial<KeptMail> = {}): KeptMail => ({
  id,
  from: 'Acolhe <no-reply@localhost>',
  to: 'ana@exemplo.acolhe',
  subject: `Seu código de acesso ao Acolhe: 00000${String(id)}`,
  text: `código nº ${String(id)}`,
  html: '<p>x</p>',
  headers: {},
  code: `00000${String(id)}`,
  sentAt: new Date('2026-11-23T17:03:59Z'),
  ...rest,
});

describe('the mailbox page', () => {
  it('lists mails in the given order with recipient, subject, code and text', () => {
    const { body } = renderMailboxPage([mail(2), mail(1)]);
    expect(body.indexOf('000002')).toBeLessThan(body.indexOf('000001'));
    expect(body).toContain('Para ana@exemplo.acolhe');
    expect(body).toContain('<h2>Seu código de acesso ao Acolhe: 000002</h2>');
    expect(body).toContain('<p class="code">000002</p>');
    expect(body).toContain('<pre>código nº 2</pre>');
  });

  it('says what it is when it is empty', () => {
    expect(renderMailboxPage([]).body).toContain('Nenhum e-mail ainda');
  });

  it('shows what people wrote as text', () => {
    const nasty = '<script>alert(1)</script>"\'&';
    const { body } = renderMailboxPage([mail(1, { subject: nasty, to: nasty, text: nasty, code: nasty })]);
    expect(body).not.toContain('<script');
    expect(body.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;&quot;&#39;&amp;/g)).toHaveLength(4);
  });

  it('loads itself anew without a script, under a policy that allows its own style alone', () => {
    const { body, headers } = renderMailboxPage([mail(1)]);
    const style = /<style>([^]*?)<\/style>/.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`default-src 'none'; style-src 'sha256-${hash}';`);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toContain('<meta http-equiv="refresh" content="5">');
    expect(body).not.toMatch(/<script|\sstyle=|\son\w+=/);
  });
});

describe('the mailbox for programs', () => {
  it('gives every mail as JSON', () => {
    const plain: KeptMail = {
      id: 1,
      from: 'a@b.co',
      to: 'c@d.co',
      subject: '',
      text: '',
      html: '',
      headers: {},
      sentAt: new Date(),
    };
    const { body, headers } = renderMailboxJson([mail(2), plain]);
    const { items } = JSON.parse(body) as { items: unknown[] };
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(items).toMatchObject([
      { id: 2, to: 'ana@exemplo.acolhe', code: '000002', sentAt: '2026-11-23T17:03:59.000Z' },
      { id: 1, code: null },
    ]);
  });

  it.each([
    [undefined, 'text/html'],
    ['*/*', 'text/html'],
    ['text/html,application/xhtml+xml,application/json;q=0.5', 'text/html'],
    ['application/json', 'application/json'],
    ['Application/JSON, text/plain, */*', 'application/json'],
  ])('answers Accept %s with %s', (accept, type) => {
    expect(answerMailbox(accept, []).headers['content-type']).toContain(type);
  });
});
