import type { Locale } from '../../shared/errors.ts';

/** The language to answer in: Portuguese unless English is asked for first (RFC 9110 section 12.5.4). */
export function localeOf(acceptLanguage: string | undefined): Locale {
  if (acceptLanguage === undefined) return 'pt-BR';
  const weighted = acceptLanguage.split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const q = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((value) => value !== undefined);
    return { language: tag.split('-')[0], weight: q === undefined ? 1 : Number(q) };
  });
  const weight = (language: string) =>
    Math.max(0, ...weighted.filter((w) => w.language === language).map((w) => w.weight));
  return weight('en') > weight('pt') ? 'en' : 'pt-BR';
}
