import { resolve } from 'node:path';
import { databaseUrl } from './config/database.ts';
import { loadOrCreateDevelopmentSecret } from './config/development-secret.ts';
import { mailConfig, type MailConfig } from './config/mail.ts';
import { objectStoreConfig, type ObjectStoreConfig } from './config/object-store.ts';
import { ConfigError } from './config/problems.ts';
import { publicUrl } from './config/public-url.ts';
import { checkedOutCommit, packageVersion } from './config/release.ts';
import { checkAlways, checkProductionSafety } from './config/safety.ts';
import { tracingConfig, type TracingConfig } from './config/tracing.ts';
import { readValues, type Values } from './config/values.ts';

export { ConfigError, type MailConfig, type ObjectStoreConfig, type TracingConfig };

/** The whole configuration of a process, frozen. Lives are in seconds. */
export interface Config {
  /** Development conveniences; production hardening is on when false. */
  readonly debug: boolean;
  readonly secretKey: string;
  /** Earlier keys that still verify, newest first. */
  readonly secretKeyFallbacks: readonly string[];
  /** Lower case, without port; a leading dot takes every name under it. */
  readonly allowedHosts: readonly string[];
  /** The origin of the web app, for links in mails; undefined where the environment does not tell it. */
  readonly publicUrl: string | undefined;
  readonly corsAllowedOrigins: readonly string[];
  readonly csrfTrustedOrigins: readonly string[];
  readonly https: {
    readonly redirect: boolean;
    readonly sessionCookieSecure: boolean;
    readonly csrfCookieSecure: boolean;
    readonly hstsSeconds: number;
    readonly hstsIncludeSubdomains: boolean;
    readonly hstsPreload: boolean;
  };
  readonly trustedProxyHops: number;
  readonly database: {
    /** Undefined stands for the embedded server. */
    readonly url: string | undefined;
    readonly poolMax: number;
    readonly idleSeconds: number;
  };
  readonly mail: MailConfig;
  readonly otp: {
    readonly ttlSeconds: number;
    readonly throttlePerMinute: number;
    /** Development only: the code that signs anybody in. */
    readonly fallbackCode: string | undefined;
  };
  readonly maxActiveDeviceSessions: number;
  readonly accessTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  readonly timeZone: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly sentryDsn: string | undefined;
  readonly tracing: TracingConfig | undefined;
  /** For backups; undefined where no key is given. */
  readonly objectStore: ObjectStoreConfig | undefined;
  readonly metricsToken: string | undefined;
  readonly logLevel: Values['LOG_LEVEL'];
  /** `commit` is `unknown` where neither the environment nor git tells it. */
  readonly release: { readonly version: string; readonly commit: string };
}

const projectRoot = resolve(import.meta.dirname, '../..');

const webConfig = (values: Values) => ({
  allowedHosts: values.ALLOWED_HOSTS,
  corsAllowedOrigins: values.CORS_ALLOWED_ORIGINS,
  csrfTrustedOrigins: values.CSRF_TRUSTED_ORIGINS,
  https: {
    redirect: values.SECURE_SSL_REDIRECT,
    sessionCookieSecure: values.SESSION_COOKIE_SECURE,
    csrfCookieSecure: values.CSRF_COOKIE_SECURE,
    hstsSeconds: values.SECURE_HSTS_SECONDS,
    hstsIncludeSubdomains: values.SECURE_HSTS_INCLUDE_SUBDOMAINS,
    hstsPreload: values.SECURE_HSTS_PRELOAD,
  },
  trustedProxyHops: values.TRUSTED_PROXY_HOPS,
});

const signInConfig = (values: Values) => ({
  otp: {
    ttlSeconds: values.OTP_TTL_SECONDS,
    throttlePerMinute: values.OTP_THROTTLE_PER_MINUTE,
    fallbackCode: values.ALLOW_OTP_FALLBACK ? values.OTP_FALLBACK_CODE : undefined,
  },
  maxActiveDeviceSessions: values.MAX_ACTIVE_DEVICE_SESSIONS,
  accessTokenSeconds: values.ACCESS_TOKEN_SECONDS,
  refreshTokenSeconds: values.REFRESH_TOKEN_SECONDS,
});

const processConfig = (values: Values) => ({
  timeZone: values.TIME_ZONE,
  port: values.PORT,
  host: values.HOST,
  sentryDsn: values.SENTRY_DSN,
  metricsToken: values.METRICS_TOKEN,
  logLevel: values.LOG_LEVEL,
  release: {
    version: packageVersion(projectRoot),
    commit: values.GIT_COMMIT ?? checkedOutCommit(projectRoot) ?? 'unknown',
  },
});

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

/** As much of the configuration as can be read, and all that is wrong with the environment. */
interface Examination {
  readonly config: Config;
  readonly problems: ConfigError['problems'];
}

/**
 * Reads the environment without refusing it, for those who want to hear of everything at once; `asProduction` holds it
 * to what production needs also where DEBUG is on. What is wrong has its default; a missing key is empty, and none is made.
 */
export function examineConfig(
  env: NodeJS.ProcessEnv,
  { asProduction = false }: { readonly asProduction?: boolean } = {},
): Examination {
  const reading = readValues(env);
  const { values, debug, problems } = reading;
  checkAlways(reading);
  if (!debug || asProduction) checkProductionSafety(reading);
  const config = deepFreeze({
    debug,
    secretKey: values.SECRET_KEY ?? '',
    secretKeyFallbacks: values.SECRET_KEY_FALLBACKS,
    ...webConfig(values),
    publicUrl: publicUrl(reading),
    database: {
      url: databaseUrl(reading),
      poolMax: values.DB_POOL_MAX,
      idleSeconds: Math.max(1, values.CONN_MAX_AGE),
    },
    mail: mailConfig(reading),
    ...signInConfig(values),
    ...processConfig(values),
    tracing: tracingConfig(reading),
    objectStore: objectStoreConfig(reading),
    dataDir: reading.isSet('DATA_DIR') ? resolve(values.DATA_DIR) : resolve(projectRoot, values.DATA_DIR),
  });
  return { config, problems };
}

/**
 * The configuration of the given environment (SURFACE section 2; `docs/configuration.md` lists every variable).
 * In development a missing key is made and kept in the data folder. Throws ConfigError with everything that is wrong.
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const { config, problems } = examineConfig(env);
  if (problems.length > 0) throw new ConfigError(problems);
  if (config.secretKey !== '') return config;
  return deepFreeze({ ...config, secretKey: loadOrCreateDevelopmentSecret(config.dataDir) });
}
