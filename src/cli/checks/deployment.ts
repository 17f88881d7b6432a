import type { Config } from '../../server/config.ts';
import { isPredictable } from '../../server/config/safety.ts';
import { error, type Finding, warning } from './finding.ts';

const year = 31_536_000;
const loopback = /^(localhost|127(\.\d+){3}|0\.0\.0\.0|\[?::1?\]?)$/;

/** Reports production settings that are unsafe (errors) or could be better (warnings); see docs/configuration.md. */
export const checkDeployment = (config: Config): Finding[] => [
  ...checkProcess(config),
  ...checkHttps(config),
  ...checkProxy(config),
  ...checkMailSettings(config),
  ...checkSignIn(config),
  ...checkSecrets(config),
];

function* checkProcess(config: Config): Generator<Finding> {
  if (config.debug) yield error('debug_on', 'DEBUG is on', 'set DEBUG=False (or NODE_ENV=production)');
  if (config.database.url === undefined)
    yield error(
      'database_embedded',
      'the embedded database is used',
      'set DATABASE_URL to a PostgreSQL server with backups',
    );
  if (config.logLevel === 'trace' || config.logLevel === 'debug')
    yield warning('log_verbose', `LOG_LEVEL is ${config.logLevel}`, 'set LOG_LEVEL=info');
  if (config.release.commit === 'unknown')
    yield warning('commit_unknown', 'nothing tells which commit this is', 'set GIT_COMMIT when it is built');
  if (config.metricsToken === undefined)
    yield warning('metrics_closed', 'METRICS_TOKEN is not set', 'set it, so that /metrics can be read');
  else if (config.metricsToken.length < 16)
    yield error(
      'metrics_token_weak',
      'METRICS_TOKEN has fewer than 16 characters',
      'make one with `openssl rand -hex 32`',
    );
}

/** One secret per purpose: a metrics configuration must not be enough to make tokens or open the database. */
function* checkSecrets(config: Config): Generator<Finding> {
  const secrets = [
    ['SECRET_KEY', config.secretKey],
    ...config.secretKeyFallbacks.map((key) => ['SECRET_KEY_FALLBACKS', key] as const),
    ['METRICS_TOKEN', config.metricsToken],
    ['EMAIL_HOST_PASSWORD', config.mail.transport === 'smtp' ? config.mail.password : undefined],
    ['the database password', databasePassword(config)],
  ] as const;
  for (const [index, [name, secret]] of secrets.entries()) {
    const other = secrets.slice(index + 1).find(([, value]) => value === secret);
    if (other !== undefined && secret !== undefined && secret !== '')
      yield error('secret_reused', `${name} is ${other[0]} too`, 'make a secret for each with `openssl rand -hex 32`');
  }
  if (isPredictable(config.secretKey))
    yield error(
      'secret_key_unsafe',
      'SECRET_KEY is made of words or of a pattern',
      'make one with `openssl rand -hex 32`',
    );
  if (config.secretKeyFallbacks.some(isPredictable))
    yield error(
      'secret_key_fallback_unsafe',
      'a key of SECRET_KEY_FALLBACKS is made of words or of a pattern',
      'let it go as soon as REFRESH_TOKEN_SECONDS have passed since it was replaced',
    );
  const password = databasePassword(config);
  if (password !== undefined && (password.length < 12 || new Set(password).size < 6))
    yield error(
      'database_password_weak',
      'the database password is short or plain',
      'make one with `openssl rand -hex 32`',
    );
  if (config.sentryDsn?.startsWith('http:') === true)
    yield error('error_reports_in_clear', 'SENTRY_DSN is an http address', 'use its https address');
}

/** Undefined if there is none: with a socket, a certificate or trusted hosts none is needed. */
function databasePassword({ database }: Config): string | undefined {
  if (database.url === undefined || !URL.canParse(database.url)) return undefined;
  const { password } = new URL(database.url);
  return password === '' ? undefined : decodeURIComponent(password);
}

function* checkHttps({ https }: Config): Generator<Finding> {
  if (!https.redirect) yield error('https_not_forced', 'SECURE_SSL_REDIRECT is off', 'set SECURE_SSL_REDIRECT=True');
  if (!https.sessionCookieSecure)
    yield error('session_cookie_in_clear', 'SESSION_COOKIE_SECURE is off', 'set SESSION_COOKIE_SECURE=True');
  if (!https.csrfCookieSecure)
    yield error('csrf_cookie_in_clear', 'CSRF_COOKIE_SECURE is off', 'set CSRF_COOKIE_SECURE=True');
  if (https.hstsSeconds === 0)
    yield error('hsts_off', 'SECURE_HSTS_SECONDS is 0', `set SECURE_HSTS_SECONDS=${String(year)}`);
  else if (https.hstsSeconds < year)
    yield warning('hsts_short', `SECURE_HSTS_SECONDS is ${String(https.hstsSeconds)}`, `raise it to ${String(year)}`);
  if (!https.hstsIncludeSubdomains)
    yield warning('hsts_without_subdomains', 'SECURE_HSTS_INCLUDE_SUBDOMAINS is off', 'set it to True');
  if (https.hstsPreload && !https.hstsIncludeSubdomains)
    yield warning(
      'hsts_preload_without_subdomains',
      'SECURE_HSTS_PRELOAD is on without subdomains: browsers’ lists take no such entry',
      'turn both on, or preload off',
    );
}

function* checkProxy(config: Config): Generator<Finding> {
  if (config.https.redirect && config.trustedProxyHops === 0)
    yield warning(
      'no_trusted_proxy',
      'TRUSTED_PROXY_HOPS is 0: behind a proxy that ends TLS every request looks like http and is redirected for ever',
      'set it to the number of proxies in front; this server itself does not speak TLS',
    );
  if (config.allowedHosts.includes('*'))
    yield error('hosts_unsafe', 'ALLOWED_HOSTS holds *', 'name the hosts of this server');
  else if (config.allowedHosts.some((host) => /^\.[^.]+$/.test(host)))
    yield error(
      'hosts_unsafe',
      'ALLOWED_HOSTS takes every name under a whole top-level domain',
      'name the hosts of this server',
    );
  else if (config.allowedHosts.every((host) => loopback.test(host)))
    yield error('hosts_local', 'ALLOWED_HOSTS names this machine only', 'name the hosts that people open');
  else if (config.publicUrl === undefined)
    yield warning(
      'public_url_missing',
      'nothing tells where people open the web app: mails carry no link',
      'set PUBLIC_URL to its address, such as https://clinica.example.com',
    );
  const origins = [...config.corsAllowedOrigins, ...config.csrfTrustedOrigins];
  if (config.publicUrl?.startsWith('http:') === true && !origins.includes(config.publicUrl))
    yield error('public_url_in_clear', `PUBLIC_URL is ${config.publicUrl}`, 'use its https address');
  for (const [name, listed] of [
    ['CORS_ALLOWED_ORIGINS', config.corsAllowedOrigins],
    ['CSRF_TRUSTED_ORIGINS', config.csrfTrustedOrigins],
  ] as const)
    for (const origin of listed.filter((each) => each.startsWith('http:')))
      yield error('origin_in_clear', `${name} holds ${origin}`, 'use its https address, or leave it out');
}

function* checkMailSettings({ mail }: Config): Generator<Finding> {
  if (mail.transport === 'mailbox')
    yield error('mail_not_sent', 'mail stays in the development mailbox', 'set EMAIL_HOST to an SMTP server');
  else if (mail.tls === 'none' && !loopback.test(mail.host))
    yield error(
      'mail_in_clear',
      `codes travel to ${mail.host} without TLS`,
      'set EMAIL_USE_TLS=True or EMAIL_USE_SSL=True',
    );
}

function* checkSignIn(config: Config): Generator<Finding> {
  const { otp } = config;
  if (otp.fallbackCode !== undefined)
    yield error(
      'otp_fallback_on',
      'ALLOW_OTP_FALLBACK is on: one code opens every account',
      'set ALLOW_OTP_FALLBACK=False',
    );
  // ASVS 5.0, 6.5.5: codes sent by other means live ten minutes at most.
  if (otp.ttlSeconds > 600)
    yield error('otp_lives_long', `OTP_TTL_SECONDS is ${String(otp.ttlSeconds)}`, 'set it to 600 or less');
  if (otp.throttlePerMinute > 20)
    yield error(
      'otp_throttle_loose',
      `OTP_THROTTLE_PER_MINUTE is ${String(otp.throttlePerMinute)}`,
      'set it to 20 or less; 5 is enough for people',
    );
  if (config.accessTokenSeconds > 86_400)
    yield warning(
      'access_token_lives_long',
      `ACCESS_TOKEN_SECONDS is ${String(config.accessTokenSeconds)}`,
      'keep it within a day',
    );
  if (config.refreshTokenSeconds > 2_592_000)
    yield warning(
      'refresh_token_lives_long',
      `REFRESH_TOKEN_SECONDS is ${String(config.refreshTokenSeconds)}`,
      'keep it within 30 days',
    );
  if (config.maxActiveDeviceSessions > 10)
    yield warning(
      'many_sessions',
      `MAX_ACTIVE_DEVICE_SESSIONS is ${String(config.maxActiveDeviceSessions)}`,
      'a handful of devices a person is usual',
    );
}
