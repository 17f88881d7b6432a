import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../config.ts';

const mailOf = (env: NodeJS.ProcessEnv) => loadConfig({ SECRET_KEY: 'development', ...env }).mail;

describe('mail', () => {
  it('stays in the mailbox in development until a server is named', () => {
    expect(mailOf({})).toEqual({ transport: 'mailbox', from: 'Acolhe <no-reply@localhost>' });
    expect(mailOf({ EMAIL_BACKEND: 'django.core.mail.backends.smtp.EmailBackend' }).transport).toBe('mailbox');
  });

  it.each(['console', 'locmem', 'filebased'])('stays in the mailbox with the Django backend %s', (kind) => {
    const EMAIL_BACKEND = `django.core.mail.backends.${kind}.EmailBackend`;
    expect(mailOf({ EMAIL_BACKEND, EMAIL_HOST: 'smtp.example.com' }).transport).toBe('mailbox');
  });

  it.each([
    [{}, 'none', 25],
    [{ EMAIL_USE_TLS: 'True' }, 'starttls', 587],
    [{ EMAIL_USE_SSL: 'True' }, 'implicit', 465],
    [{ EMAIL_USE_TLS: 'True', EMAIL_PORT: '2525' }, 'starttls', 2525],
  ])('leaves by SMTP with %j: TLS %s, port %i', (env, tls, port) => {
    expect(mailOf({ EMAIL_HOST: 'smtp.example.com', ...env })).toMatchObject({
      transport: 'smtp',
      host: 'smtp.example.com',
      tls,
      port,
      user: undefined,
      password: undefined,
    });
  });

  it('cannot have both kinds of TLS', () => {
    const env = { EMAIL_HOST: 'h', EMAIL_USE_TLS: 'True', EMAIL_USE_SSL: 'True' };
    expect(() => mailOf(env)).toThrow(/EMAIL_USE_SSL: got "True"; takes False when EMAIL_USE_TLS is on/);
  });

  it.each([
    [{ EMAIL_HOST_USER: 'u' }, /EMAIL_HOST_PASSWORD: got nothing/],
    [{ EMAIL_HOST_PASSWORD: 'p' }, /EMAIL_HOST_USER: got nothing/],
  ])('takes user and password together only: %j', (env, words) => {
    expect(() => mailOf({ EMAIL_HOST: 'h', ...env })).toThrow(ConfigError);
    expect(() => mailOf({ EMAIL_HOST: 'h', ...env })).toThrow(words);
  });

  it.each([
    [{ DEFAULT_FROM_EMAIL: 'Clínica São João <ola@example.com>' }, 'Clínica São João <ola@example.com>'],
    [{ DEFAULT_FROM_EMAIL: 'ola@example.com' }, 'ola@example.com'],
    [{ EMAIL_HOST_USER: 'conta@example.com', EMAIL_HOST_PASSWORD: 'p' }, 'Acolhe <conta@example.com>'],
    [{ EMAIL_HOST_USER: 'conta', EMAIL_HOST_PASSWORD: 'p' }, 'Acolhe <no-reply@localhost>'],
    [{ ALLOWED_HOSTS: '10.0.0.1,.example.org' }, 'Acolhe <no-reply@example.org>'],
  ])('comes from the right sender with %j', (env, from) => {
    expect(mailOf(env).from).toBe(from);
  });
});
