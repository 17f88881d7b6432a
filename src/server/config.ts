import { resolve } from 'node:path';
import { readDatabaseUrls } from './config/database.ts';
import { loadOrCreateDevelopmentSecret } from './config/development-secret.ts';
import { readMailConfig, type MailConfig } from './config/mail.ts';
import { readObjectStoreConfig, type ObjectStoreConfig } from './config/object-store.ts';
import { ConfigError } from './config/problems.ts';
import { readPublicUrl } from './config/public-url.ts';
import { readCheckedOutCommit, readPackageVersion } from './config/release.ts';
import { checkAlways, checkProductionSafety } from './config/safety.ts';
import { readTracingConfig, type TracingConfig } from './config/tracing.ts';
import { readValues, type Values } from './config/values.ts';
import { projectRoot } from './project-root.ts';

export { ConfigError, type MailConfig, type ObjectStoreConfig, type TracingConfig };

/** The whole configuration of a process, frozen. */
export interface Config {
  /** Development conveniences; production hardening is on when false. */
  readonly debug: boolean;
  readonly secretKey: string;
  /** Earlier keys that still verify, newest first. */
  readonly secretKeyFallbacks: readonly string[];
  /** Lower case, without port; a leading dot allows every name below it. */
  readonly allowedHosts: readonly string[];
  /** The origin of the web app, for links in mails; undefined when the environment does not say. */
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
    /** Undefined means the embedded server. */
    readonly url: string | undefined;
    /** Past the pooler that `url` leads to; undefined when `url` leads to the server itself. */
    readonly directUrl: string | undefined;
    /** A streaming standby, for reads that may be seconds old. */
    readonly replicaUrl: string | undefined;
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
  /** For backups; undefined without an access key. */
  readonly objectStore: ObjectStoreConfig | undefined;
  /** Where the ends of the audit chains are mailed once a day. */
  readonly auditHeadEmail: string | undefined;
  /** A service like ViaCEP, with `{cep}` in place of the 8 digits; undefined: none is asked. */
  readonly postalCodeServiceUrl: string | undefined;
  readonly metricsToken: string | undefined;
  readonly logLevel: Values['LOG_LEVEL'];
  /** `commit` is `unknown` when neither the environment nor git says. */
  readonly release: { readonly version: string; readonly commit: string };
}

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
  auditHeadEmail: values.AUDIT_HEAD_EMAIL,
  postalCodeServiceUrl: values.POSTAL_CODE_SERVICE_URL,
  metricsToken: values.METRICS_TOKEN,
  logLevel: values.LOG_LEVEL,
  release: {
    version: readPackageVersion(projectRoot),
    commit: values.GIT_COMMIT ?? readCheckedOutCommit(projectRoot) ?? 'unknown',
  },
});

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

/** The configuration, with defaults for invalid values, and everything that is wrong with the environment. */
interface Examination {
  readonly config: Config;
  readonly problems: ConfigError['problems'];
}

/**
 * Reads the environment without throwing, to report every problem at once. `asProduction` applies the rules of production even
 * when DEBUG is on. Invalid values get their default; a missing SECRET_KEY is empty and none is created.
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
    publicUrl: readPublicUrl(reading),
    database: {
      ...readDatabaseUrls(reading),
      poolMax: values.DB_POOL_MAX,
      idleSeconds: Math.max(1, values.CONN_MAX_AGE),
    },
    mail: readMailConfig(reading),
    ...signInConfig(values),
    ...processConfig(values),
    tracing: readTracingConfig(reading),
    objectStore: readObjectStoreConfig(reading),
    dataDir: reading.isSet('DATA_DIR') ? resolve(values.DATA_DIR) : resolve(projectRoot, values.DATA_DIR),
  });
  return { config, problems };
}

/**
 * Reads the configuration from an environment; `docs/configuration.md` lists every variable. In development a missing
 * SECRET_KEY is created and kept in the data folder. Throws ConfigError with everything that is wrong.
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const { config, problems } = examineConfig(env);
  if (problems.length > 0) throw new ConfigError(problems);
  if (config.secretKey !== '') return config;
  return deepFreeze({ ...config, secretKey: loadOrCreateDevelopmentSecret(config.dataDir) });
}
