import { i18n } from '@lingui/core';
import { changeAppearance, readAppearance } from './appearance.ts';
import type { Locale } from '../../shared/errors.ts';

export { i18n };

const catalogues = {
  'pt-BR': () => import('../locales/pt-BR.po'),
  en: () => import('../locales/en.po'),
} as const satisfies Record<Locale, () => Promise<unknown>>;

/** The language the page speaks now. */
export const currentLanguage = (): Locale => (i18n.locale === 'en' ? 'en' : 'pt-BR');

/** Loads and shows a language; without one, the language this device last chose. Portuguese comes first. */
export async function activateLanguage(language: Locale = readAppearance().language): Promise<void> {
  const { messages } = await catalogues[language]();
  i18n.loadAndActivate({ locale: language, messages });
}

/** Changes the language of this device. */
export async function chooseLanguage(language: Locale): Promise<void> {
  changeAppearance({ language });
  await activateLanguage(language);
}
