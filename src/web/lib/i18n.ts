import { i18n } from '@lingui/core';
import { changeAppearance, readAppearance } from './appearance.ts';
import type { Messages } from '@lingui/core';
import type { Locale } from '../../shared/errors.ts';

export { i18n };

interface Catalogue {
  readonly messages: Messages;
}

// What most people see first comes along with the app; the others when they are needed.
const [portuguese] = Object.values(import.meta.glob<Catalogue>('../locales/pt-BR/base.po', { eager: true }));
if (portuguese !== undefined) i18n.load('pt-BR', portuguese.messages);
const catalogues = import.meta.glob<Catalogue>(['../locales/*/*.po', '!../locales/pt-BR/base.po']);
/** The catalogues of `lingui.config.ts` whose words are on the page. */
const spoken = new Set(['base']);

async function load(language: Locale, part: string): Promise<void> {
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

/** Loads pages together with what they say. `part`: the feature's catalogue, named like its folder. */
export function withWords<Module>(part: string, pages: () => Promise<Module>): () => Promise<Module> {
  if (!Object.hasOwn(catalogues, `../locales/en/${part}.po`)) throw new Error(`there is no catalogue ${part}`);
  return async () => {
    spoken.add(part);
    const [module] = await Promise.all([pages(), load(currentLanguage(), part)]);
    return module;
  };
}
