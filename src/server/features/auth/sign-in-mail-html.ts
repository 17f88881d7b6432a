import type { Locale } from '../../../shared/errors.ts';
import { escapeHtml } from '../../http/escape-html.ts';
import type { SignInTexts } from './sign-in-mail-texts.ts';

// No colour consists of six decimal digits, because mail programs and phones take the first such number for the code.
const light = { ground: '#fbfaf7', card: '#fff', line: '#e7e3da', ink: '#1e1c19', soft: '#5c574e', accent: '#0f766e' };
const dark = { card: '#1e1c19', line: '#3a362f', ink: '#f4f1ea', soft: '#b8b1a4', accent: '#5eead4' };

const darkStyle = `@media (prefers-color-scheme: dark) {
.ground { background: #16140f !important; }
.card { background: ${dark.card} !important; border-color: ${dark.line} !important; }
.ink { color: ${dark.ink} !important; }
.soft { color: ${dark.soft} !important; }
.accent { color: ${dark.accent} !important; }
}`;

const font = "font-family:Figtree,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const mono = 'font-family:ui-monospace,Menlo,Consolas,monospace';

const paragraph = (kind: 'ink' | 'soft', size: number, text: string): string =>
  `<p class="${kind}" style="margin:0 0 12px;${font};
font-size:${size}px;line-height:1.5;color:${light[kind]}">${escapeHtml(text)}</p>`;

const renderLink = (link: string, texts: SignInTexts): string =>
  `${paragraph('soft', 13, texts.linkLead)}
<p style="margin:0 0 12px;${font};font-size:15px;line-height:1.5"><a class="accent" href="${escapeHtml(link)}"
style="color:${light.accent};font-weight:600">${escapeHtml(texts.linkName)}</a></p>`;

interface Ways {
  readonly code: string;
  readonly link: string | undefined;
}

/** The HTML part of a sign-in mail, for light and dark, with inline styles, without images or anything else to load. */
export function renderSignInHtml(locale: Locale, { code, link }: Ways, texts: SignInTexts): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>${escapeHtml(texts.heading)}</title>
<style>
:root { color-scheme: light dark; }
${darkStyle}
</style>
</head>
<body class="ground" style="margin:0;padding:0;background:${light.ground}">
<table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0"
style="background:${light.ground}"><tr><td align="center" style="padding:40px 16px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0"
style="max-width:480px;background:${light.card};border:1px solid ${light.line};border-radius:16px">
<tr><td style="padding:40px 24px">
<p class="accent" style="margin:0 0 24px;${font};
font-size:20px;font-weight:600;color:${light.accent}">acolhe</p>
<h1 class="ink" style="margin:0 0 12px;${font};
font-size:20px;font-weight:600;line-height:1.3;color:${light.ink}">${escapeHtml(texts.heading)}</h1>
<p class="ink" style="margin:0 0 12px;${mono};
font-size:34px;font-weight:700;line-height:1.2;letter-spacing:6px;
-webkit-user-select:all;user-select:all;color:${light.ink}"
>${escapeHtml(code)}</p>
${paragraph('soft', 15, texts.which)}
${paragraph('ink', 15, texts.expiry)}
${paragraph('ink', 15, texts.onlyNewest)}
${link === undefined ? '' : renderLink(link, texts)}
${paragraph('soft', 13, texts.notYou)}
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
}
