import { i18n } from '@lingui/core';
import { changeAppearance, readAppearance } from './appearance.ts';
import type { Messages } from '@lingui/core';
import type { Locale } from '../../shared/errors.ts';

export { i18n };

interface Catalogue {
  readonly messages: Messages;
}

// The catalogue that most people need first is part of the app; the others are loaded when they are needed.
const [portuguese] = Object.values(import.meta.glob<Catalogue>('../locales/pt-BR/base.po', { eager: true }));
if (portuguese !== undefined) i18n.load('pt-BR', portuguese.messages);
const catalogues = import.meta.glob<Catalogue>(['../locales/*/*.po', '!../locales/pt-BR/base.po']);
/** Names of the catalogues (`lingui.config.ts`) that are in use, and so are loaded for a new language. */
const used = new Set(['base']);

async function load(language: Locale, part: string): Promise<void> {
  const catalogue = await catalogues[`../locales/${language}/${part}.po`]?.();
  if (catalogue !== undefined) i18n.load(language, catalogue.messages);
}

/** The language of the page. */
export const currentLanguage = (): Locale => (i18n.locale === 'en' ? 'en' : 'pt-BR');

/** Loads and shows a language; without one, the language stored on this device, or Portuguese. */
export async function activateLanguage(language: Locale = readAppearance().language): Promise<void> {
  await Promise.all([...used].map((part) => load(language, part)));
  i18n.activate(language);
}

/** The browser's language, for when none can be stored on this device. */
export const preferredLanguage = (): Locale => (navigator.language.startsWith('en') ? 'en' : 'pt-BR');

/** Changes the language and stores it on this device. */
export async function chooseLanguage(language: Locale): Promise<void> {
  changeAppearance({ language });
  await activateLanguage(language);
}

/** Loads pages together with their catalogue. `part`: the catalogue's name, which is that of the feature's folder. */
export function withCatalogue<Module>(part: string, pages: () => Promise<Module>): () => Promise<Module> {
  if (!Object.hasOwn(catalogues, `../locales/en/${part}.po`)) throw new Error(`there is no catalogue ${part}`);
  return async () => {
    used.add(part);
    const [module] = await Promise.all([pages(), load(currentLanguage(), part)]);
    return module;
  };
}
