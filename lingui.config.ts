import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** Each part's texts travel with its pages (`loadWords`); `base` is what the sign-in page needs already. */
const parts = {
  base: ['app', 'lib', 'ui', 'features/session'],
  clients: ['features/clients'],
  design: ['features/design-system'],
  imports: ['features/imports'],
  palette: ['features/palette'],
  duplicates: ['features/duplicates'],
  professionals: ['features/professionals'],
  settings: ['features/settings'],
};

export default defineConfig({
  locales: ['pt-BR', 'en'],
  sourceLocale: 'pt-BR',
  catalogs: Object.entries(parts).map(([name, folders]) => ({
    path: `<rootDir>/src/web/locales/{locale}/${name}`,
    include: folders.map((folder) => `<rootDir>/src/web/${folder}`),
    exclude: ['**/*.test.*'],
  })),
  // Line numbers would make every edit a change of the catalogue.
  format: formatter({ lineNumbers: false }),
});
