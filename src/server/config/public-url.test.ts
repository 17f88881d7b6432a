import { describe, expect, it } from 'vitest';
import { examineConfig } from '../config.ts';

const publicUrlOf = (env: Record<string, string>) => examineConfig(env).config.publicUrl;
const production = { DEBUG: 'False', ALLOWED_HOSTS: 'clinica.example' };

describe('the address in mails', () => {
  it.each([
    ['what is set', { ...production, PUBLIC_URL: 'https://app.example/' }, 'https://app.example'],
    ['this machine while developing', { DEBUG: 'True', PORT: '4321' }, 'http://localhost:4321'],
    [
      'the first whole name of the hosts',
      { ...production, ALLOWED_HOSTS: '.x.example,127.0.0.1,clinica.example,b.example' },
      'https://clinica.example',
    ],
    [
      'the one page on another origin',
      { ...production, CORS_ALLOWED_ORIGINS: 'https://app.example' },
      'https://app.example',
    ],
    [
      'the one page, named twice',
      { ...production, CORS_ALLOWED_ORIGINS: 'https://app.example', CSRF_TRUSTED_ORIGINS: 'https://app.example' },
      'https://app.example',
    ],
  ])('is %s', (_, env, expected) => {
    expect(publicUrlOf(env)).toBe(expected);
  });

  it.each([
    ['several pages could be meant', { ...production, CORS_ALLOWED_ORIGINS: 'https://a.example,https://b.example' }],
    ['only a wildcard is known', { ...production, ALLOWED_HOSTS: '.clinica.example' }],
    ['only this machine is named', { ...production, ALLOWED_HOSTS: 'localhost,127.0.0.1,[::1]' }],
    ['the port is not known beforehand', { DEBUG: 'True', PORT: '0' }],
  ])('is unknown where %s', (_, env) => {
    expect(publicUrlOf(env)).toBeUndefined();
  });

  it.each(['clinica.example', 'https://a.example/x', 'ftp://a.example', 'https://a.example,https://b.example', '*'])(
    'is not %s: the start names the variable',
    (PUBLIC_URL) => {
      const { problems } = examineConfig({ ...production, PUBLIC_URL });
      expect(problems.map(({ variable }) => variable)).toContain('PUBLIC_URL');
    },
  );
});
