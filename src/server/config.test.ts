import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigError, loadConfig, type Config } from './config.ts';

const key = '0123456789abcdef0123456789abcdef';

/** A valid production environment. */
const production = {
  NODE_ENV: 'production',
  SECRET_KEY: key,
  ALLOWED_HOSTS: 'acolhe.example.com',
  EMAIL_HOST: 'smtp.example.com',
};

const development = (env: NodeJS.ProcessEnv = {}): Config => loadConfig({ SECRET_KEY: key, ...env });

/** The problems of an environment as `VARIABLE: got …; takes …`. */
function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n  ').slice(1);
    throw error;
  }
  return [];
}

const variablesOf = (env: NodeJS.ProcessEnv) => problemsOf(env).map((line) => line.split(':')[0]);

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'acolhe config '));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

describe('defaults', () => {
  it('are for development when nothing is set', () => {
    const config = development();
    expect(config).toMatchObject({
      debug: true,
      secretKeyFallbacks: [],
      allowedHosts: ['localhost', '127.0.0.1', '[::1]'],
      corsAllowedOrigins: [],
      csrfTrustedOrigins: [],
      https: { redirect: false, sessionCookieSecure: false, csrfCookieSecure: false, hstsSeconds: 0 },
      trustedProxyHops: 0,
      database: { url: undefined, poolMax: 10, idleSeconds: 60 },
      mail: { transport: 'mailbox' },
      otp: { ttlSeconds: 600, throttlePerMinute: 5, fallbackCode: undefined },
      maxActiveDeviceSessions: 2,
      accessTokenSeconds: 36_000,
      refreshTokenSeconds: 86_400,
      timeZone: 'America/Sao_Paulo',
      port: 3000,
      host: '127.0.0.1',
      logLevel: 'info',
      release: { version: '0.1.0' },
    });
    expect(config.dataDir).toBe(join(import.meta.dirname, '../../.data'));
    expect(config.release.commit).toMatch(/^[0-9a-f]{40}$|^unknown$/);
  });

  it('harden production', () => {
    expect(loadConfig(production)).toMatchObject({
      debug: false,
      secretKey: key,
      allowedHosts: ['acolhe.example.com'],
      https: {
        redirect: true,
        sessionCookieSecure: true,
        csrfCookieSecure: true,
        hstsSeconds: 31_536_000,
        hstsIncludeSubdomains: true,
        hstsPreload: true,
      },
      host: '0.0.0.0',
      mail: { transport: 'smtp', from: 'Acolhe <no-reply@acolhe.example.com>' },
    });
  });

  it('hold for empty variables too', () => {
    expect(development({ PORT: '', DEBUG: ' ', DATABASE_URL: '', EMAIL_HOST: '', ALLOWED_HOSTS: '' })).toEqual(
      development(),
    );
  });

  it('cannot be changed afterwards', () => {
    const config = development();
    expect(() => Object.assign(config.database, { poolMax: 1 })).toThrow(TypeError);
    expect(() => (config.allowedHosts as string[]).push('x')).toThrow(TypeError);
  });
});

describe('booleans as Django writes them', () => {
  it.each(['True', 'true', 'TRUE', '1', 'yes', 'Y', 'on', ' t '])('%j is true', (DEBUG) => {
    expect(development({ NODE_ENV: 'production', DEBUG }).debug).toBe(true);
  });

  it.each(['False', 'false', '0', 'no', 'N', 'off', 'f'])('%j is false', (DEBUG) => {
    expect(loadConfig({ ...production, NODE_ENV: 'development', DEBUG }).debug).toBe(false);
  });

  it.each(['maybe', '2', 'None', 'truee'])('%j is neither', (DEBUG) => {
    expect(problemsOf({ SECRET_KEY: key, DEBUG })).toEqual([
      `DEBUG: got "${DEBUG}"; takes True or False (also 1/0, yes/no, on/off)`,
    ]);
  });
});

describe('what is wrong', () => {
  it('is told all at once, with what was given and what is taken', () => {
    expect(problemsOf({ SECRET_KEY: key, PORT: '70000', TIME_ZONE: 'Mars/Olympus', LOG_LEVEL: 'loud' })).toEqual([
      'TIME_ZONE: got "Mars/Olympus"; takes an IANA time zone such as America/Sao_Paulo',
      'PORT: got "70000"; takes a whole number from 0 to 65535',
      'LOG_LEVEL: got "loud"; takes trace, debug, info, warn, error, fatal or silent',
    ]);
  });

  it('never shows a secret', () => {
    const env = {
      NODE_ENV: 'production',
      DJANGO_SECRET_KEY: 'tiny-hidden',
      SECRET_KEY_FALLBACKS: 'old-hidden',
      DATABASE_URL: 'mysql://u:pw-hidden@h/db',
      EMAIL_HOST_PASSWORD: 'mail-hidden',
      OTP_FALLBACK_CODE: 'code-hidden',
      SENTRY_DSN: 'dsn-hidden',
    };
    const message = problemsOf(env).join('\n');
    expect(message).not.toMatch(/-hidden/);
    expect(message).toContain('SECRET_KEY: got (hidden, 11 characters)');
    expect(message).toContain('DATABASE_URL: got (hidden, 24 characters)');
  });

  it('is cut to a readable size on one line', () => {
    const [problem = ''] = problemsOf({ SECRET_KEY: key, PORT: `1\n${'9'.repeat(5000)}` });
    expect(problem).toContain(String.raw`"1\n999`);
    expect(problem.length).toBeLessThan(200);
  });

  it.each([
    ['PORT', '3000.5'],
    ['PORT', '-1'],
    ['PORT', '0x10'],
    ['HOST', 'http://localhost'],
    ['ALLOWED_HOSTS', 'https://acolhe.example.com'],
    ['ALLOWED_HOSTS', 'acolhe.example.com:443'],
    ['ALLOWED_HOSTS', '*.example.com'],
    ['CORS_ALLOWED_ORIGINS', '*'],
    ['CORS_ALLOWED_ORIGINS', 'null'],
    ['CORS_ALLOWED_ORIGINS', 'app.example.com'],
    ['CORS_ALLOWED_ORIGINS', 'https://app.example.com/path'],
    ['CORS_ALLOWED_ORIGINS', 'https://*.example.com'],
    ['CORS_ALLOWED_ORIGINS', 'https://user@app.example.com'],
    ['CSRF_TRUSTED_ORIGINS', '*'],
    ['TRUSTED_PROXY_HOPS', 'one'],
    ['SECURE_HSTS_SECONDS', '-5'],
    ['DATABASE_URL', 'mysql://localhost/db'],
    ['DATABASE_URL', 'localhost'],
    ['DB_ENGINE', 'django.db.backends.sqlite3'],
    ['DB_POOL_MAX', '0'],
    ['EMAIL_BACKEND', 'carrier.pigeon'],
    ['EMAIL_PORT', '0'],
    ['DEFAULT_FROM_EMAIL', 'Acolhe'],
    ['DEFAULT_FROM_EMAIL', 'Acolhe <a@b.co>\nBcc: c@d.co'],
    ['OTP_FALLBACK_CODE', '12345'],
    ['OTP_TTL_SECONDS', '0'],
    ['MAX_ACTIVE_DEVICE_SESSIONS', '0'],
    ['ACCESS_TOKEN_SECONDS', '10h'],
    ['SENTRY_DSN', 'ftp://x'],
  ])('%s does not take %j', (variable, value) => {
    expect(variablesOf({ SECRET_KEY: key, [variable]: value })).toEqual([variable]);
  });

  it('is told of two names with different values, not of two that agree', () => {
    expect(variablesOf({ SECRET_KEY: key, DJANGO_SECRET_KEY: `${key}x` })).toEqual(['SECRET_KEY']);
    expect(problemsOf({ SECRET_KEY: key, DJANGO_SECRET_KEY: key })).toEqual([]);
  });
});

describe('production refuses to start', () => {
  it.each<[string, NodeJS.ProcessEnv]>([
    ['SECRET_KEY', { SECRET_KEY: undefined }],
    ['SECRET_KEY', { SECRET_KEY: 'short' }],
    ['SECRET_KEY', { SECRET_KEY: 'a'.repeat(64) }],
    ['SECRET_KEY', { SECRET_KEY: 'abcd'.repeat(16) }],
    ['SECRET_KEY', { SECRET_KEY: `django-insecure-${key}` }],
    ['SECRET_KEY', { SECRET_KEY: 'change-me-please-this-is-not-a-secret-key' }],
    ['SECRET_KEY_FALLBACKS', { SECRET_KEY_FALLBACKS: `${key},weak` }],
    ['ALLOW_OTP_FALLBACK', { ALLOW_OTP_FALLBACK: 'True', OTP_FALLBACK_CODE: '123456' }],
    ['EMAIL_HOST', { EMAIL_HOST: undefined }],
    ['EMAIL_BACKEND', { EMAIL_BACKEND: 'django.core.mail.backends.console.EmailBackend' }],
    ['ALLOWED_HOSTS', { ALLOWED_HOSTS: undefined }],
    ['ALLOWED_HOSTS', { ALLOWED_HOSTS: ' , ' }],
    ['ALLOWED_HOSTS', { ALLOWED_HOSTS: 'acolhe.example.com,*' }],
    ['CORS_ALLOWED_ORIGINS', { CORS_ALLOWED_ORIGINS: '*' }],
  ])('for %s in %j', (variable, env) => {
    expect(variablesOf({ ...production, ...env })).toEqual([variable]);
  });

  it('takes the names an earlier environment has', () => {
    const { SECRET_KEY, ALLOWED_HOSTS, ...rest } = production;
    const env = { ...rest, DJANGO_SECRET_KEY: SECRET_KEY, DJANGO_ALLOWED_HOSTS: ALLOWED_HOSTS };
    expect(loadConfig(env)).toMatchObject({ secretKey: key, allowedHosts: ['acolhe.example.com'] });
  });
});

describe('lists', () => {
  it('are trimmed, lower case for hosts, and origins as browsers send them', () => {
    const config = development({
      ALLOWED_HOSTS: ' Acolhe.Example.com , .example.org,[::1],10.0.0.1,',
      CORS_ALLOWED_ORIGINS: 'https://App.example.com:443/, http://localhost:5173',
    });
    expect(config.allowedHosts).toEqual(['acolhe.example.com', '.example.org', '[::1]', '10.0.0.1']);
    expect(config.corsAllowedOrigins).toEqual(['https://app.example.com', 'http://localhost:5173']);
  });
});

describe('the development secret', () => {
  it('is made once and kept for its owner alone', () => {
    const DATA_DIR = join(temporaryFolder(), 'data');
    const first = loadConfig({ DATA_DIR });
    expect(first.secretKey).toMatch(/^[0-9a-f]{64}$/);
    expect(loadConfig({ DATA_DIR }).secretKey).toBe(first.secretKey);
    expect(readdirSync(DATA_DIR)).toEqual(['secret-key']);
    expect(statSync(join(DATA_DIR, 'secret-key')).mode & 0o777).toBe(0o600);
  });

  it('is not made when something is wrong, nor when a key is given', () => {
    const folder = temporaryFolder();
    expect(() => loadConfig({ DATA_DIR: folder, PORT: 'x' })).toThrow(ConfigError);
    loadConfig({ DATA_DIR: folder, SECRET_KEY: key });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the fallback code', () => {
  it('counts in development only when it is switched on', () => {
    const OTP_FALLBACK_CODE = '123456';
    expect(development({ OTP_FALLBACK_CODE }).otp.fallbackCode).toBeUndefined();
    expect(development({ OTP_FALLBACK_CODE, ALLOW_OTP_FALLBACK: 'on' }).otp.fallbackCode).toBe('123456');
    expect(variablesOf({ SECRET_KEY: key, ALLOW_OTP_FALLBACK: 'on' })).toEqual(['OTP_FALLBACK_CODE']);
  });
});

describe('other values', () => {
  it('keep their bounds and names', () => {
    const config = development({
      PORT: '0',
      CONN_MAX_AGE: '0',
      LOG_LEVEL: 'WARNING',
      TIME_ZONE: 'America/Manaus',
      RENDER_GIT_COMMIT: 'abcdef0123',
      METRICS_TOKEN: ' kept as given ',
    });
    expect(config).toMatchObject({
      port: 0,
      logLevel: 'warn',
      timeZone: 'America/Manaus',
      metricsToken: ' kept as given ',
    });
    expect(config.database.idleSeconds).toBe(1);
    expect(config.release.commit).toBe('abcdef0123');
  });
});
