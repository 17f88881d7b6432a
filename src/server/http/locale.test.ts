import { describe, expect, it } from 'vitest';
import { localeOf } from './locale.ts';

describe('localeOf', () => {
  it.each<[header: string | undefined, locale: string]>([
    [undefined, 'pt-BR'],
    ['', 'pt-BR'],
    ['*', 'pt-BR'],
    ['pt-BR', 'pt-BR'],
    ['pt-PT,en;q=0.9', 'pt-BR'],
    ['en', 'en'],
    ['EN-us', 'en'],
    ['en-GB,pt;q=0.5', 'en'],
    ['pt;q=0.4, en;q=0.6', 'en'],
    ['en;q=0.4, pt;q=0.6', 'pt-BR'],
    ['en;q=0', 'pt-BR'],
    ['en, pt', 'pt-BR'],
    ['de,fr;q=0.9', 'pt-BR'],
    ['de,en;q=0.1', 'en'],
    ['en;q=x', 'en'],
    ['en;q=1;q=0', 'en'],
    [';;,,q=', 'pt-BR'],
    [`${'a,'.repeat(5000)}en`, 'en'],
  ])('%s', (header, locale) => {
    expect(localeOf(header)).toBe(locale);
  });
});
