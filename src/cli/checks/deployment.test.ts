import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, examineConfig, loadConfig } from '../../server/config.ts';
import { checkConfiguration } from './configuration.ts';
import { checkDeployment } from './deployment.ts';
import { checkSettings } from './settings.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'acolhe-check-'));
afterAll(() => {
  rmSync(dataDir, { recursive: true });
});

const safe = {
  DEBUG: 'False',
  SECRET_KEY: 'k7Qw2ZpX9vR4mT8sB1nY6cL3hJ5gF0dA',
  ALLOWED_HOSTS: 'clinica.example',
  EMAIL_HOST: 'smtp.clinica.example',
  EMAIL_USE_TLS: 'True',
  DATABASE_URL: 'postgres://acolhe@db.clinica.example/acolhe',
  TRUSTED_PROXY_HOPS: '1',
  METRICS_TOKEN: 'k7Qw2ZpX9vR4mT8sB1nY6cL3',
};

const codesOf = (env: Record<string, string>) =>
  checkDeployment(loadConfig({ DATA_DIR: dataDir, ...env })).map(({ name, severity }) => `${severity} ${name}`);

/** The findings that keep a server from starting. */
function refusalsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return checkConfiguration(error).map(({ code, name }) => `${code} ${name}`);
    throw error;
  }
  return [];
}

describe('checkConfiguration', () => {
  it.each([
    [{ SECRET_KEY: '' }, 'acolhe.S002 secret_key_unsafe'],
    [{ SECRET_KEY: 'short' }, 'acolhe.S002 secret_key_unsafe'],
    [{ SECRET_KEY: 'a'.repeat(64) }, 'acolhe.S002 secret_key_unsafe'],
    [{ SECRET_KEY: `django-insecure-${safe.SECRET_KEY}` }, 'acolhe.S002 secret_key_unsafe'],
    [{ SECRET_KEY: '', DJANGO_SECRET_KEY: 'change-me-please-change-me-please-now' }, 'acolhe.S002 secret_key_unsafe'],
    [{ SECRET_KEY_FALLBACKS: 'old' }, 'acolhe.S003 secret_key_fallback_unsafe'],
    [{ ALLOW_OTP_FALLBACK: 'True', OTP_FALLBACK_CODE: '123456' }, 'acolhe.S004 otp_fallback_on'],
    [{ EMAIL_BACKEND: 'console' }, 'acolhe.S005 mail_backend_unsafe'],
    [{ EMAIL_HOST: '' }, 'acolhe.S006 mail_host_missing'],
    [{ ALLOWED_HOSTS: '' }, 'acolhe.S007 hosts_unsafe'],
    [{ ALLOWED_HOSTS: '*' }, 'acolhe.S007 hosts_unsafe'],
    [{ CORS_ALLOWED_ORIGINS: '*' }, 'acolhe.S008 cors_origins_unsafe'],
    [{ CSRF_TRUSTED_ORIGINS: '*' }, 'acolhe.S009 csrf_origins_unsafe'],
    [{ DB_ENGINE: 'mysql' }, 'acolhe.S001 configuration_invalid'],
    [{ PORT: 'many' }, 'acolhe.S001 configuration_invalid'],
  ])('sees %o', (unsafe, expected) => {
    expect(refusalsOf({ ...safe, ...unsafe })).toEqual([expected]);
  });
});

describe('checkDeployment', () => {
  it('has nothing to say about a safe configuration', () => {
    expect(codesOf(safe)).toEqual([]);
  });

  it('does not let development pass for production', () => {
    expect(codesOf({})).toEqual(
      expect.arrayContaining(['error debug_on', 'error database_embedded', 'error mail_not_sent', 'error hosts_local']),
    );
  });

  it.each([
    [{ SECRET_KEY: '12345678901234567890123456789012' }, 'error secret_key_unsafe'],
    [{ SECRET_KEY: 'k7Qw2ZpX9vR4mT8sk7Qw2ZpX9vR4mT8s' }, 'error secret_key_unsafe'],
    [{ SECRET_KEY: 'my-super-secret-key-for-production-1' }, 'error secret_key_unsafe'],
    [{ SECRET_KEY_FALLBACKS: 'abcdefghijklmnopqrstuvwxyz012345' }, 'error secret_key_fallback_unsafe'],
    [{ SECURE_SSL_REDIRECT: 'False' }, 'error https_not_forced'],
    [{ SESSION_COOKIE_SECURE: 'False' }, 'error session_cookie_in_clear'],
    [{ CSRF_COOKIE_SECURE: 'False' }, 'error csrf_cookie_in_clear'],
    [{ SECURE_HSTS_SECONDS: '0' }, 'error hsts_off'],
    [{ SECURE_HSTS_SECONDS: '3600' }, 'warning hsts_short'],
    [{ SECURE_HSTS_INCLUDE_SUBDOMAINS: 'False', SECURE_HSTS_PRELOAD: 'False' }, 'warning hsts_without_subdomains'],
    [{ TRUSTED_PROXY_HOPS: '0' }, 'warning no_trusted_proxy'],
    [{ CORS_ALLOWED_ORIGINS: 'http://app.example' }, 'error origin_in_clear'],
    [{ CSRF_TRUSTED_ORIGINS: 'http://app.example' }, 'error origin_in_clear'],
    [{ EMAIL_USE_TLS: 'False' }, 'error mail_in_clear'],
    [{ METRICS_TOKEN: 'short' }, 'error metrics_token_weak'],
    [{ METRICS_TOKEN: '' }, 'warning metrics_closed'],
    [{ LOG_LEVEL: 'debug' }, 'warning log_verbose'],
    [{ OTP_TTL_SECONDS: '3600' }, 'error otp_lives_long'],
    [{ OTP_THROTTLE_PER_MINUTE: '100' }, 'error otp_throttle_loose'],
    [{ ACCESS_TOKEN_SECONDS: '604800' }, 'warning access_token_lives_long'],
    [{ MAX_ACTIVE_DEVICE_SESSIONS: '50' }, 'warning many_sessions'],
    [{ REFRESH_TOKEN_SECONDS: '31536000' }, 'warning refresh_token_lives_long'],
    [{ ALLOWED_HOSTS: 'localhost,127.0.0.1,0.0.0.0' }, 'error hosts_local'],
    [{ ALLOWED_HOSTS: '.example' }, 'error hosts_unsafe'],
    [{ ALLOWED_HOSTS: '.clinica.example' }, 'warning public_url_missing'],
    [{ PUBLIC_URL: 'http://clinica.example' }, 'error public_url_in_clear'],
    [{ EMAIL_HOST_USER: 'acolhe', EMAIL_HOST_PASSWORD: safe.METRICS_TOKEN }, 'error secret_reused'],
    [{ METRICS_TOKEN: safe.SECRET_KEY }, 'error secret_reused'],
    [{ SECRET_KEY_FALLBACKS: safe.SECRET_KEY }, 'error secret_reused'],
    [{ EMAIL_HOST_USER: 'acolhe', EMAIL_HOST_PASSWORD: safe.SECRET_KEY }, 'error secret_reused'],
    [{ DATABASE_URL: `postgres://acolhe:${safe.SECRET_KEY}@db.clinica.example/acolhe` }, 'error secret_reused'],
    [{ DATABASE_URL: 'postgres://acolhe:acolhe@db.clinica.example/acolhe' }, 'error database_password_weak'],
    [{ SENTRY_DSN: 'http://key@sentry.example/1' }, 'error error_reports_in_clear'],
  ])('sees %o', (unsafe, expected) => {
    expect(codesOf({ ...safe, ...unsafe })).toEqual([expected]);
  });
});

describe('checkSettings', () => {
  const codesOfAll = (env: Record<string, string>) =>
    checkSettings(examineConfig({ DATA_DIR: dataDir, ...env }, { asProduction: true }), { deploy: true })
      .filter(({ severity }) => severity === 'error')
      .map(({ name }) => name);

  it('tells all at once, each thing once: what a server would not start with does not hide the rest', () => {
    const unsafe = { SECRET_KEY: 'short', ALLOWED_HOSTS: '*', EMAIL_HOST: '', SECURE_HSTS_SECONDS: '0' };
    expect(codesOfAll({ ...safe, ...unsafe })).toEqual([
      'secret_key_unsafe',
      'mail_host_missing',
      'hosts_unsafe',
      'hsts_off',
    ]);
  });

  it('holds a server with DEBUG on to the same', () => {
    const unsafe = { DEBUG: 'True', SECRET_KEY: 'short', ALLOW_OTP_FALLBACK: 'True', OTP_FALLBACK_CODE: '123456' };
    expect(codesOfAll({ ...safe, ...unsafe })).toEqual(
      expect.arrayContaining(['secret_key_unsafe', 'otp_fallback_on', 'debug_on']),
    );
  });

  it('lets every random key pass', () => {
    for (const encoding of ['hex', 'base64', 'base64url'] as const)
      for (let time = 0; time < 200; time++)
        expect(codesOfAll({ ...safe, SECRET_KEY: randomBytes(32).toString(encoding) })).toEqual([]);
    expect(codesOfAll({ ...safe, SECRET_KEY: 'trilho-verbo-caneca-nuvem-pedra-farol' })).toEqual([]);
  });
});
