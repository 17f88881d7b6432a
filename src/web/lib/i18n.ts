import { i18n } from '@lingui/core';
import { changeAppearance, readAppearance } from './appearance.ts';
import type { Messages } from '@lingui/core';
import type { Locale } from '../../shared/errors.ts';

export { i18n };

/** A catalogue of `lingui.config.ts`: what a group of pages says. */
type Part = 'base' | 'clients' | 'duplicates' | 'design' | 'imports' | 'palette' | 'professionals' | 'settings';

interface Catalogue {
  readonly messages: Messages;
}

// What most people see first comes along with the app; the others when they are needed.
const [portuguese] = Object.values(import.meta.glob<Catalogue>('../locales/pt-BR/base.po', { eager: true }));
if (portuguese !== undefined) i18n.load('pt-BR', portuguese.messages);
const catalogues = import.meta.glob<Catalogue>(['../locales/*/*.po', '!../locales/pt-BR/base.po']);
const spoken = new Set<Part>(['base']);

async function load(language: Locale, part: Part): Promise<void> {
  const catalogue = await catalogues[`../locales/${language}/${part}.po`]?.();
  if (catalogue !== undefined) i18n.load(language, catalogue.messages);
}

/** The language the page speaks now. */
export const currentLanguage = (): Locale => (i18n.locale === 'en' ? 'en' : 'pt-BR');

/** Loads and shows a language; without one, the language this device last chose. Portuguese comes first. */
export async function activateLanguage(language: Locale = readAppearance().language): Promise<void> {
  await Promise.all([...spoken].map((part) => load(language, part)));
  i18n.activate(language);
}

/** The browser's language, for where no choice can be remembered. */
export const preferredLanguage = (): Locale => (navigator.language.startsWith('en') ? 'en' : 'pt-BR');

/** Changes the language of this device. */
export async function chooseLanguage(language: Locale): Promise<void> {
  changeAppearance({ language });
  await activateLanguage(language);
}

/** Loads pages together with what they say. */
export const withWords =
  <Module>(part: Part, pages: () => Promise<Module>): (() => Promise<Module>) =>
  async () => {
    spoken.add(part);
    const [module] = await Promise.all([pages(), load(currentLanguage(), part)]);
    return module;
  };
