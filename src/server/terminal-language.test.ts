import { expect, it } from 'vitest';
import { chooseTerminalLanguage, findSystemLanguage } from './terminal-language.ts';

it.each([
  [{ LANG: 'pt_BR.UTF-8' }, 'pt', 'pt-BR'],
  [{ LANG: 'en_US.UTF-8' }, 'en', 'en'],
  [{ LC_ALL: 'pt_BR.UTF-8', LANG: 'en_US.UTF-8' }, 'pt', 'pt-BR'],
  [{ LC_ALL: '', LANG: 'de_DE' }, 'de', 'en'],
  [{ LANG: 'C.UTF-8' }, undefined, 'pt-BR'],
  [{}, undefined, 'pt-BR'],
] as const)('reads %j as a system does', (env, language, chosen) => {
  expect(findSystemLanguage(env)).toBe(language);
  expect(chooseTerminalLanguage(env)).toBe(chosen);
});
