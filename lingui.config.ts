import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const source = '<rootDir>/src/web';
/** What comes along with the first load, and what comes with the command palette. */
const ofFirstLoad = `${source}/features/*/feature.ts`;
const ofPalette = `${source}/features/*/commands.tsx`;

/** Each feature's texts travel with its pages (`withCatalogue`); what the sign-in page needs already is in `base`. */
const features = readdirSync(join(import.meta.dirname, 'src/web/features')).filter((name) => name !== 'session');

/** Texts of parts that the pages of two features show, and the first load does not: they travel with both. */
const shared: readonly { readonly folder: string; readonly features: ReadonlySet<string> }[] = [
  { folder: `${source}/entities/session-package`, features: new Set(['agenda', 'clients']) },
  { folder: `${source}/entities/client-privacy`, features: new Set(['clients', 'lgpd']) },
];
const sharedBy = (feature: string): string[] =>
  shared.filter(({ features: names }) => names.has(feature)).map(({ folder }) => folder);

const catalogue = (name: string, include: readonly string[], exclude: readonly string[] = []) => ({
  path: `${source}/locales/{locale}/${name}`,
  include: [...include],
  exclude: ['**/*.test.*', ...exclude],
});

export default defineConfig({
  locales: ['pt-BR', 'en'],
  sourceLocale: 'pt-BR',
  catalogs: [
    catalogue(
      'base',
      [...['app', 'lib', 'ui', 'entities', 'features/session'].map((folder) => `${source}/${folder}`), ofFirstLoad],
      [ofPalette, ...shared.map(({ folder }) => folder)],
    ),
    ...features.map((name) =>
      name === 'palette'
        ? catalogue(name, [`${source}/features/${name}`, ofPalette], [ofFirstLoad])
        : catalogue(name, [`${source}/features/${name}`, ...sharedBy(name)], [ofFirstLoad, ofPalette]),
    ),
  ],
  // Line numbers would make every edit a change of the catalogue.
  format: formatter({ lineNumbers: false }),
});
