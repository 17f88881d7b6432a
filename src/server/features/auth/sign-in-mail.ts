import type { Locale } from '../../../shared/errors.ts';
import type { MailMessage } from '../../mail/message.ts';
import { renderSignInHtml } from './sign-in-mail-html.ts';
import { composeSignInTexts, type SignInTexts } from './sign-in-mail-texts.ts';

export interface SignInMail {
  readonly to: string;
  /** Six digits. */
  readonly code: string;
  /** The number of the code, from 1; the sign-in page shows the same. */
  readonly ordinal: number;
  readonly requestedAt: Date;
  readonly ttlSeconds: number;
  /** The clinic's IANA time zone. */
  readonly timeZone: string;
  readonly locale: Locale;
  /** Signs in without the code; undefined when the web app's address is unknown. */
  readonly link: string | undefined;
}

/** Mark an automatic mail, so that no out-of-office reply answers it (RFC 3834, and Exchange's own header). */
const automatic = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

const renderText = (code: string, link: string | undefined, texts: SignInTexts): string => {
  const way = link === undefined ? [] : [`${texts.linkLead}\n${link}`];
  const lines = [texts.heading, code, texts.which, texts.expiry, texts.onlyNewest, ...way, texts.notYou, 'acolhe'];
  return lines.join('\n\n') + '\n';
};

/** `14:03` in a time zone. */
const formatClockTime = (moment: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(moment);

/**
 * The mail with a sign-in code. The code is at the end of the subject and is the first number of six digits in both parts. A
 * mail scanner that opens the link changes nothing: the secret is after `#`, and the page waits for a button.
 */
export function composeSignInMail(mail: SignInMail): MailMessage {
  const { to, code, ordinal, requestedAt, ttlSeconds, timeZone, locale, link } = mail;
  const texts = composeSignInTexts(locale, {
    code,
    ordinal,
    askedAt: formatClockTime(requestedAt, timeZone),
    validUntil: formatClockTime(new Date(requestedAt.getTime() + ttlSeconds * 1000), timeZone),
    ttlSeconds,
  });
  return {
    to,
    subject: texts.subject,
    text: renderText(code, link, texts),
    html: renderSignInHtml(locale, { code, link }, texts),
    headers: automatic,
    code,
  };
}
