import { formatName } from '../../shared/person-name.ts';
import { currentLanguage } from './i18n.ts';

// Values as people read them, in the page's language. Moments are shown in the clinic's time zone: `useClinicTimeZone` of me.ts
// gives it, the answers of public pages bring it, and `deviceTimeZone` is for where no clinic is known.

const formatters = new Map<string, Intl.DateTimeFormat>();

function findFormatter(
  options: Intl.DateTimeFormatOptions,
  locale = currentLanguage() === 'en' ? 'en-GB' : 'pt-BR',
): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, known);
  return known;
}

/** A plain date `YYYY-MM-DD` as a moment in the middle of its day. */
const toNoon = (plain: string): Date => new Date(`${plain}T12:00:00Z`);

/** `2026-11-23` → “23/11/2026”. */
export const formatPlainDate = (plain: string): string =>
  findFormatter({ day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }).format(toNoon(plain));

/** The plain date of an instant, with its year, as documents have it: “29/11/2026”. */
export const formatDate = (instant: string, timeZone: string): string =>
  formatPlainDate(today(timeZone, new Date(instant)));

/** An instant as a day in the clinic: “seg., 23 nov.”, and with the year if that is not the current one. */
export function formatDay(instant: string, timeZone: string, now = new Date()): string {
  const date = new Date(instant);
  const parts = findFormatter({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone,
  }).formatToParts(date);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  const year = part('year');
  const thisYear = today(timeZone, now).slice(0, 4);
  const dot = (word: string) => (currentLanguage() === 'en' || word.endsWith('.') ? word : `${word}.`);
  const day = `${dot(part('weekday'))}, ${part('day')} ${dot(part('month'))}`;
  return year === thisYear ? day : `${day} ${year}`;
}

/** An instant as the time of day in the clinic: “14:30”. */
export const formatTime = (instant: string, timeZone: string): string =>
  findFormatter({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(new Date(instant));

/** An instant as “seg., 23 nov., 14:30”. */
export const formatMoment = (instant: string, timeZone: string): string =>
  `${formatDay(instant, timeZone)}, ${formatTime(instant, timeZone)}`;

/**
 * E.164 as people read it: “(11) 98765-4321”; numbers of other countries stay as they are, “+351912345678”. `shared/phone.ts`
 * formats those too, but its library is too large for the first load.
 */
export function formatPhone(e164: string): string {
  const brazilian = /^\+55(\d{2})(\d{4,5})(\d{4})$/.exec(e164);
  if (brazilian !== null) return `(${brazilian[1] ?? ''}) ${brazilian[2] ?? ''}-${brazilian[3] ?? ''}`;
  return e164;
}

/** The device's own time zone: before the sign-in nobody knows the clinic. */
export const deviceTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The current day in the clinic, `YYYY-MM-DD`. */
export const today = (timeZone: string, now = new Date()): string =>
  findFormatter({ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA').format(now);

interface Named {
  readonly firstName: string;
  readonly lastName: string | null;
  /** What a client goes by instead of the first name, by Decreto 8.727/2016. */
  readonly socialName?: string | null;
}

/** First and last name as documents have them, separated by a space. */
export const civilName = ({ firstName, lastName }: Named): string => formatName(firstName, lastName);

/** The name a person goes by, as the server's `full_name`: the nome social, or else the first name, and the last name. */
export const fullName = ({ firstName, lastName, socialName }: Named): string =>
  civilName({ firstName: socialName == null || socialName.trim() === '' ? firstName : socialName, lastName });
