import type { Locale } from '../../shared/errors.ts';
import type { MailMessage } from './message.ts';
import { renderSignInHtml } from './sign-in-html.ts';
import { signInTexts, type SignInTexts } from './sign-in-texts.ts';

export interface SignInMail {
  readonly to: string;
  /** Six digits. */
  readonly code: string;
  /** Which code of this sign-in it is, from 1; the form shows the same number. */
  readonly ordinal: number;
  readonly requestedAt: Date;
  readonly ttlSeconds: number;
  /** The clinic's, IANA. */
  readonly timeZone: string;
  readonly locale: Locale;
}

/** Marks a mail that no person wrote, so that no absence notice answers it (RFC 3834, and Exchange's own header). */
const automatic = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

const renderText = (code: string, texts: SignInTexts): string =>
  [texts.heading, code, texts.which, texts.expiry, texts.onlyNewest, texts.notYou, 'acolhe'].join('\n\n') + '\n';

/** `14:03` in a time zone. */
const clockTime = (moment: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(moment);

/**
 * The mail that brings a sign-in code. The code ends the subject and is the first number of six digits in both parts;
 * there is no link in it that a mail scanner could follow.
 */
export function composeSignInMail(mail: SignInMail): MailMessage {
  const { to, code, ordinal, requestedAt, ttlSeconds, timeZone, locale } = mail;
  const texts = signInTexts(locale, {
    code,
    ordinal,
    askedAt: clockTime(requestedAt, timeZone),
    validUntil: clockTime(new Date(requestedAt.getTime() + ttlSeconds * 1000), timeZone),
    ttlSeconds,
  });
  return {
    to,
    subject: texts.subject,
    text: renderText(code, texts),
    html: renderSignInHtml(locale, code, texts),
    headers: automatic,
    code,
  };
}
