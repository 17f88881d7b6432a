import { currentLanguage } from '../../../lib/i18n.ts';

/** The months in the page's language, January first, as they begin a line. */
export function listMonthNames(): string[] {
  const formatter = new Intl.DateTimeFormat(currentLanguage(), { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => {
    const name = formatter.format(new Date(Date.UTC(2026, month, 15)));
    return name.charAt(0).toUpperCase() + name.slice(1);
  });
}
