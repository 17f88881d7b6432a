import type { Locale } from '../shared/errors.ts';

/** The language that the system is set to (POSIX: the first of these that is set); undefined where it names none. */
export function findSystemLanguage(env: NodeJS.ProcessEnv): string | undefined {
  const named = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '');
  return named === undefined || /^(?:C|POSIX)(?:\.|$)/.test(named) ? undefined : named.slice(0, 2).toLowerCase();
}

/** The language of what a start prints: Portuguese, unless the system is set to another one. */
export function chooseTerminalLanguage(env: NodeJS.ProcessEnv): Locale {
  const language = findSystemLanguage(env);
  return language === undefined || language === 'pt' ? 'pt-BR' : 'en';
}
