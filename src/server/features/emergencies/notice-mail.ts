import type { Locale } from '../../../shared/errors.ts';
import { escapeHtml } from '../../http/escape-html.ts';
import type { MailMessage } from '../../mail/message.ts';
import { toPlainName } from '../../mail/plain-name.ts';

export interface EmergencyNotice {
  readonly to: string;
  readonly firstName: string;
  readonly clinic: string;
  /** Who opened the client. */
  readonly professional: string;
  readonly openedAt: Date;
  readonly expiresAt: Date;
  readonly timeZone: string;
  /** The origin of the web app; undefined when the configuration does not say. */
  readonly publicUrl: string | undefined;
  readonly locale: Locale;
}

interface Facts {
  readonly firstName: string;
  readonly clinic: string;
  readonly professional: string;
  readonly from: string;
  readonly until: string;
  readonly page: string | undefined;
}

/** Neither the client nor the reason: a mail lies in many hands. The page tells both to those who may know. */
const words: Record<Locale, (facts: Facts) => { readonly subject: string; readonly lines: readonly string[] }> = {
  'pt-BR': ({ firstName, clinic, professional, from, until, page }) => ({
    subject: `Acesso de emergência a um cliente seu em ${clinic}`,
    lines: [
      firstName === '' ? 'Olá.' : `Olá, ${firstName}.`,
      `${professional} abriu em emergência a ficha de um cliente seu, em ${from}. O acesso vale até ${until} e fica na lista até que a administração o reveja.`,
      page === undefined
        ? 'Para ver de quem é a ficha e o motivo, abra Coberturas no Acolhe.'
        : `Para ver de quem é a ficha e o motivo, abra ${page}.`,
    ],
  }),
  en: ({ firstName, clinic, professional, from, until, page }) => ({
    subject: `Emergency access to a client of yours at ${clinic}`,
    lines: [
      firstName === '' ? 'Hello.' : `Hello, ${firstName}.`,
      `${professional} opened the card of a client of yours in an emergency, on ${from}. The access lasts until ${until} and stays listed until an administrator reviews it.`,
      page === undefined
        ? 'To see whose card it is and the reason, open Coverings in Acolhe.'
        : `To see whose card it is and the reason, open ${page}.`,
    ],
  }),
};

const neutral: Record<Locale, { readonly professional: string; readonly clinic: string }> = {
  'pt-BR': { professional: 'Uma pessoa da clínica', clinic: 'sua clínica' },
  en: { professional: 'A person of the clinic', clinic: 'your clinic' },
};

/** Composes the mail that tells a professional of an emergency access. */
export function composeNotice(notice: EmergencyNotice): MailMessage {
  const { to, locale, timeZone, publicUrl } = notice;
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short', timeZone });
  const { subject, lines } = words[locale]({
    firstName: toPlainName(notice.firstName, ''),
    professional: toPlainName(notice.professional, neutral[locale].professional),
    clinic: toPlainName(notice.clinic, neutral[locale].clinic),
    from: format.format(notice.openedAt),
    until: format.format(notice.expiresAt),
    page: publicUrl === undefined ? undefined : `${publicUrl}/coberturas`,
  });
  const paragraphs = lines.map((line) => `<p style="font:16px/1.5 sans-serif">${escapeHtml(line)}</p>`).join('\n');
  return {
    to,
    subject,
    text: `${lines.join('\n\n')}\n\nacolhe\n`,
    html: `<!doctype html><html lang="${locale}"><body>${paragraphs}</body></html>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
