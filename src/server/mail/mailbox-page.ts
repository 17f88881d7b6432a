import { createHash } from 'node:crypto';
import { escapeHtml } from '../http/escape-html.ts';
import type { KeptMail } from './mailbox.ts';

const style = `
:root { color-scheme: light dark; --ground: #fbfaf7; --card: #fff; --line: #e7e3da; --ink: #1e1c19; --soft: #5c574e; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16140f; --card: #1e1c19; --line: #3a362f; --ink: #f4f1ea; --soft: #b8b1a4; }
}
body { margin: 0 auto; max-width: 42rem; padding: 24px 16px; background: var(--ground); color: var(--ink);
  font: 15px/1.5 Figtree, system-ui, sans-serif; }
h1 { font-size: 26px; }
ul { list-style: none; margin: 24px 0; padding: 0; }
li { margin: 0 0 16px; padding: 16px; background: var(--card); border: 1px solid var(--line); border-radius: 16px; }
h2 { margin: 0; font-size: 17px; overflow-wrap: anywhere; }
p { margin: 4px 0; color: var(--soft); overflow-wrap: anywhere; }
.code { font: 700 34px/1.2 ui-monospace, monospace; letter-spacing: 4px; color: var(--ink); user-select: all; }
pre { margin: 12px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, monospace; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

const commonHeaders = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' };

/** Body and headers of an HTTP answer, including the page's own Content-Security-Policy. */
export interface MailboxAnswer {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

function renderMail({ to, subject, code, sentAt, text }: KeptMail): string {
  const time = sentAt.toISOString();
  return `<li>
<h2>${escapeHtml(subject)}</h2>
<p>Para ${escapeHtml(to)}, <time datetime="${time}">${time}</time></p>
${code === undefined ? '' : `<p class="code">${escapeHtml(code)}</p>`}
<pre>${escapeHtml(text)}</pre>
</li>`;
}

/** The page of the development mailbox, newest mail first. It reloads every five seconds, without a script. */
export function renderMailboxPage(mails: readonly KeptMail[]): MailboxAnswer {
  const list =
    mails.length === 0
      ? '<p>Nenhum e-mail ainda. Peça um código de acesso e ele aparece aqui.</p>'
      : `<ul aria-label="E-mails">\n${mails.map(renderMail).join('\n')}\n</ul>`;
  const body = `<!doctype html>
<html lang="pt-BR">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="5">
<title>Caixa de e-mails de desenvolvimento · acolhe</title>
<style>${style}</style>
</head>
<body>
<h1>Caixa de e-mails de desenvolvimento</h1>
<p>Sem servidor SMTP configurado, os e-mails ficam aqui, na memória deste processo.</p>
${list}
</body>
</html>
`;
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
  return { body, headers: { ...commonHeaders, ...headers } };
}

/** The mails for programs: `{items: [{id, to, from, subject, code, text, html, headers, sentAt}]}`, newest first. */
export const renderMailboxJson = (mails: readonly KeptMail[]): MailboxAnswer => ({
  body: JSON.stringify({ items: mails.map((mail) => ({ ...mail, code: mail.code ?? null })) }),
  headers: { ...commonHeaders, 'content-type': 'application/json; charset=utf-8' },
});

/** JSON when the `Accept` header names it before HTML, otherwise the page. */
export function answerMailbox(accept: string | undefined, mails: readonly KeptMail[]): MailboxAnswer {
  const kind = /application\/json|text\/html/i.exec(accept ?? '')?.[0].toLowerCase();
  return kind === 'application/json' ? renderMailboxJson(mails) : renderMailboxPage(mails);
}
