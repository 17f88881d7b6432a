import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

export default defineConfig({
  locales: ['pt-BR', 'en'],
  sourceLocale: 'pt-BR',
  catalogs: [{ path: '<rootDir>/src/web/locales/{locale}', include: ['<rootDir>/src/web'], exclude: ['**/*.test.*'] }],
  // Line numbers would make every edit a change of the catalogue.
  format: formatter({ lineNumbers: false }),
});
