import { currentLanguage } from './i18n.ts';

/** Values as people read them, in the page's language. Invalid input is returned unchanged. */

const zone = 'America/Sao_Paulo';
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(
  options: Intl.DateTimeFormatOptions,
  locale = currentLanguage() === 'en' ? 'en-GB' : 'pt-BR',
): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, known);
  return known;
}

/** A plain date `YYYY-MM-DD` as a moment that no time zone moves to another day. */
const noon = (plain: string): Date => new Date(`${plain}T12:00:00Z`);

/** `2026-11-23` → “23/11/2026”. */
export const formatPlainDate = (plain: string): string =>
  formatter({ day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }).format(noon(plain));

/** An instant as a day in the clinic: “seg., 23 nov.”, with the year when it is not this one. */
export function formatDay(instant: string, timeZone = zone, now = new Date()): string {
  const date = new Date(instant);
  const parts = formatter({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone,
  }).formatToParts(date);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  const year = part('year');
  const thisYear = formatter({ year: 'numeric', timeZone }).format(now);
  const dot = (word: string) => (currentLanguage() === 'en' || word.endsWith('.') ? word : `${word}.`);
  const day = `${dot(part('weekday'))}, ${part('day')} ${dot(part('month'))}`;
  return year === thisYear ? day : `${day} ${year}`;
}

/** An instant as the clock shows it in the clinic: “14:30”. */
export const formatTime = (instant: string, timeZone = zone): string =>
  formatter({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(new Date(instant));

/** An instant as “seg., 23 nov., 14:30”. */
export const formatMoment = (instant: string, timeZone = zone): string =>
  `${formatDay(instant, timeZone)}, ${formatTime(instant, timeZone)}`;

/** E.164 as people read it: “(11) 98765-4321” in Brazil, “+351 912345678” elsewhere. */
export function formatPhone(e164: string): string {
  const brazilian = /^\+55(\d{2})(\d{4,5})(\d{4})$/.exec(e164);
  if (brazilian !== null) return `(${brazilian[1] ?? ''}) ${brazilian[2] ?? ''}-${brazilian[3] ?? ''}`;
  return e164;
}

/** CPF “529.982.247-25” or CNPJ “12.ABC.345/01DE-35”. */
export function formatDocument(document: string): string {
  if (document.length === 11) return document.replace(/^(.{3})(.{3})(.{3})(.{2})$/, '$1.$2.$3-$4');
  return document.replace(/^(.{2})(.{3})(.{3})(.{4})(.{2})$/, '$1.$2.$3/$4-$5');
}

/** Digits of a CEP as “01310-100”. */
export const formatPostalCode = (digits: string): string => digits.replace(/^(\d{5})(\d{3})$/, '$1-$2');

/** The day it is in the clinic, `YYYY-MM-DD`. */
export const today = (timeZone = zone, now = new Date()): string =>
  formatter({ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA').format(now);

/** Whole years lived, from a plain date of birth. */
export function ageOf(dateOfBirth: string, on = today()): number {
  const years = Number(on.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  return on.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
}

/** The full name of anyone with first and perhaps last name. */
export const fullName = (person: { readonly firstName: string; readonly lastName: string | null }): string =>
  [person.firstName, person.lastName].filter((part) => part !== null && part.trim() !== '').join(' ');
