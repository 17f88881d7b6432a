import { currentLanguage } from '../../lib/i18n.ts';
import { formatDay } from '../../lib/format.ts';

/** A plain date at noon, so that it is the same day in UTC. */
const noon = (day: string): string => `${day}T12:00:00Z`;

/** “seg., 23 nov.” */
export const nameDay = (day: string): string => formatDay(noon(day), 'UTC');

const format = (day: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(currentLanguage() === 'en' ? 'en-GB' : 'pt-BR', { timeZone: 'UTC', ...options }).format(
    new Date(noon(day)),
  );

const capitalize = (text: string): string => text.charAt(0).toLocaleUpperCase(currentLanguage()) + text.slice(1);

/** “23 nov.” */
export const nameDate = (day: string): string => {
  const words = format(day, { day: 'numeric', month: 'short' }).replace(' de ', ' ');
  return currentLanguage() === 'en' || words.endsWith('.') ? words : `${words}.`;
};

/** “Segunda-feira, 23 de novembro” */
export const nameLongDay = (day: string): string =>
  capitalize(format(day, { weekday: 'long', day: 'numeric', month: 'long' }));

/** “Novembro de 2026” */
export const nameMonth = (day: string): string => capitalize(format(day, { month: 'long', year: 'numeric' }));

/** “seg.” */
export const nameWeekday = (day: string): string => format(day, { weekday: 'short' });
