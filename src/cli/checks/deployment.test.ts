import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../server/config.ts';
import { deploymentFindings } from './deployment.ts';

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
  deploymentFindings(loadConfig({ DATA_DIR: mkdtempSync(join(tmpdir(), 'acolhe-check-')), ...env })).map(
    ({ code, severity }) => `${severity} ${code}`,
  );

describe('deploymentFindings', () => {
  it('has nothing to say about a safe configuration', () => {
    expect(codesOf(safe)).toEqual([]);
  });

  it('does not let development pass for production', () => {
    expect(codesOf({})).toEqual(
      expect.arrayContaining(['error debug_on', 'error database_embedded', 'error mail_not_sent', 'error hosts_local']),
    );
  });

  it.each([
    [{ SECURE_SSL_REDIRECT: 'False' }, 'error https_not_forced'],
    [{ SESSION_COOKIE_SECURE: 'False' }, 'error session_cookie_in_clear'],
    [{ CSRF_COOKIE_SECURE: 'False' }, 'error csrf_cookie_in_clear'],
    [{ SECURE_HSTS_SECONDS: '0' }, 'error hsts_off'],
    [{ SECURE_HSTS_SECONDS: '3600' }, 'warning hsts_short'],
    [{ SECURE_HSTS_INCLUDE_SUBDOMAINS: 'False' }, 'warning hsts_without_subdomains'],
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
    [{ ALLOWED_HOSTS: 'localhost,127.0.0.1' }, 'error hosts_local'],
  ])('sees %o', (unsafe, expected) => {
    expect(codesOf({ ...safe, ...unsafe })).toEqual([expected]);
  });
});
