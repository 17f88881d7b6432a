import {
  boolean,
  choice,
  exactText,
  hostList,
  httpUrl,
  integer,
  originList,
  pairs,
  pattern,
  postgresUrl,
  ratio,
  sender,
  sentryDsn,
  textList,
  timeZone,
  type Kind,
} from './kinds.ts';

export type Group = 'General' | 'Web' | 'Database' | 'Mail' | 'Sign-in' | 'Observability' | 'Backup';

/** A default is text as an operator would write it; it is read like any other value. */
export type Default = string | { readonly development: string; readonly production: string };

interface Description {
  readonly group: Group;
  readonly means: string;
  readonly aliases?: readonly string[];
  /** Never printed, not even when it is wrong. */
  readonly secret?: true;
  /** What the reference says about the value when nothing is given, where the default is not a plain value. */
  readonly unset?: string;
}

export interface Variable<Value> extends Description {
  readonly kind: Kind<Value>;
  readonly default: Default | undefined;
}

/** A variable that always has a value. */
export interface DefaultedVariable<Value> extends Variable<Value> {
  readonly default: Default;
}

const withDefault = <Value>(kind: Kind<Value>, value: Default, rest: Description): DefaultedVariable<Value> => ({
  ...rest,
  kind,
  default: value,
});

const optional = <Value>(kind: Kind<Value>, rest: Description): Variable<Value> & { readonly default: undefined } => ({
  ...rest,
  kind,
  default: undefined,
});

const onInProduction = { development: 'False', production: 'True' };

const general = {
  NODE_ENV: withDefault(pattern('a word such as production or development', /^\w+$/), 'development', {
    group: 'General',
    means: 'Only decides the default of `DEBUG`.',
  }),
  DEBUG: optional(boolean, {
    group: 'General',
    unset: '`False` when `NODE_ENV=production`, else `True`',
    means: 'Development conveniences. Production hardening is on when it is false.',
  }),
  SECRET_KEY: optional(exactText, {
    group: 'General',
    aliases: ['DJANGO_SECRET_KEY'],
    secret: true,
    unset: 'made once in `DATA_DIR` in development; required in production',
    means: 'Key for tokens and keyed hashes: at least 32 random characters, such as `openssl rand -hex 32` prints.',
  }),
  SECRET_KEY_FALLBACKS: withDefault(textList, '', {
    group: 'General',
    secret: true,
    means: 'Earlier keys that still verify while a key is being replaced, newest first.',
  }),
  TIME_ZONE: withDefault(timeZone, 'America/Sao_Paulo', {
    group: 'General',
    means: 'Time zone of new clinics and of times in mails.',
  }),
  PORT: withDefault(integer(0, 65_535), '3000', { group: 'General', means: 'Where it listens; 0 takes a free port.' }),
  HOST: withDefault(
    pattern('an IP address or host name', /^[a-z0-9.:_-]+$/i),
    { development: '127.0.0.1', production: '0.0.0.0' },
    { group: 'General', means: 'Address it listens on.' },
  ),
  DATA_DIR: withDefault(exactText, '.data', {
    group: 'General',
    means: 'Folder of the embedded database and the development secret. The default lies in the project.',
  }),
};

const web = {
  ALLOWED_HOSTS: withDefault(
    hostList,
    { development: 'localhost,127.0.0.1,[::1]', production: '' },
    {
      group: 'Web',
      aliases: ['DJANGO_ALLOWED_HOSTS'],
      means: 'Host names it answers to; any other is 400. Required in production, where `*` is refused.',
    },
  ),
  CORS_ALLOWED_ORIGINS: withDefault(originList, '', {
    group: 'Web',
    means: 'Origins whose pages may call the API. Not needed when the web app comes from the same origin.',
  }),
  CSRF_TRUSTED_ORIGINS: withDefault(originList, '', {
    group: 'Web',
    means: 'Other origins whose pages may change data with the session cookie.',
  }),
  SECURE_SSL_REDIRECT: withDefault(boolean, onInProduction, {
    group: 'Web',
    means: 'http is redirected to https (by `X-Forwarded-Proto` behind the trusted proxy), health checks aside.',
  }),
  SESSION_COOKIE_SECURE: withDefault(boolean, onInProduction, {
    group: 'Web',
    means: 'Session cookies travel over https only.',
  }),
  CSRF_COOKIE_SECURE: withDefault(boolean, onInProduction, {
    group: 'Web',
    means: 'The CSRF cookie travels over https only.',
  }),
  SECURE_HSTS_SECONDS: withDefault(
    integer(0, 63_072_000, 'seconds'),
    { development: '0', production: '31536000' },
    { group: 'Web', means: 'How long browsers remember to use https only; 0 sends no HSTS header.' },
  ),
  SECURE_HSTS_INCLUDE_SUBDOMAINS: withDefault(boolean, onInProduction, {
    group: 'Web',
    means: 'HSTS covers subdomains too.',
  }),
  SECURE_HSTS_PRELOAD: withDefault(boolean, onInProduction, {
    group: 'Web',
    means: "HSTS asks to be in the browsers' built-in list.",
  }),
  TRUSTED_PROXY_HOPS: withDefault(integer(0, 10), '0', {
    group: 'Web',
    means: 'How many proxies in front may set `X-Forwarded-For` and `X-Forwarded-Proto`.',
  }),
};

const engines = {
  'django.db.backends.postgresql': 'postgresql',
  'django.db.backends.postgresql_psycopg2': 'postgresql',
  postgresql_psycopg2: 'postgresql',
  postgresql: 'postgresql',
  postgres: 'postgresql',
} as const;

const database = {
  DATABASE_URL: optional(postgresUrl, {
    group: 'Database',
    secret: true,
    unset: 'the `DB_*` variables; without them the embedded PostgreSQL',
    means: 'The PostgreSQL server (15 to 18). Goes before `DB_*`.',
  }),
  DB_ENGINE: withDefault(
    choice(engines, 'postgresql or django.db.backends.postgresql (no other database is supported)'),
    'postgresql',
    { group: 'Database', means: 'The kind of database.' },
  ),
  DB_NAME: optional(pattern('a database name without / ? #', /^[^/?#]{1,63}$/), {
    group: 'Database',
    means: 'Database name. Required when another `DB_*` is set.',
  }),
  DB_USER: optional(exactText, {
    group: 'Database',
    unset: 'the user the server runs as',
    means: 'Database user.',
  }),
  DB_PASSWORD: optional(exactText, { group: 'Database', secret: true, means: 'Database password.' }),
  DB_HOST: optional(pattern('a host name, an IP address or the folder of a socket', /^[^\s@?#]+$/), {
    group: 'Database',
    unset: '`localhost` when `DB_NAME` is set',
    means: 'Database host.',
  }),
  DB_PORT: optional(integer(1, 65_535), {
    group: 'Database',
    unset: '`5432` when `DB_NAME` is set',
    means: 'Database port.',
  }),
  CONN_MAX_AGE: withDefault(integer(0, 86_400, 'seconds'), '60', {
    group: 'Database',
    means: 'How long an idle pooled connection is kept; 0 closes it after one second.',
  }),
  DB_POOL_MAX: withDefault(integer(1, 500), '10', {
    group: 'Database',
    means: 'Most connections one process opens for requests.',
  }),
};

const backends = {
  smtp: 'smtp',
  'django.core.mail.backends.smtp.emailbackend': 'smtp',
  console: 'mailbox',
  'django.core.mail.backends.console.emailbackend': 'mailbox',
  locmem: 'mailbox',
  'django.core.mail.backends.locmem.emailbackend': 'mailbox',
  filebased: 'mailbox',
  'django.core.mail.backends.filebased.emailbackend': 'mailbox',
} as const;

const mail = {
  EMAIL_BACKEND: withDefault(
    choice(backends, 'smtp or django.core.mail.backends.smtp.EmailBackend; console, locmem or filebased with DEBUG on'),
    'smtp',
    {
      group: 'Mail',
      means: 'How mail leaves. With `DEBUG` on, `console`, `locmem` and `filebased` all mean the mailbox page.',
    },
  ),
  EMAIL_HOST: optional(pattern('a host name or IP address', /^[a-z0-9.:_-]+$/i), {
    group: 'Mail',
    unset: 'with `DEBUG` on, mail stays in the development mailbox at `/dev/mailbox`; required in production',
    means: 'SMTP server.',
  }),
  EMAIL_PORT: optional(integer(1, 65_535), {
    group: 'Mail',
    unset: '`465` with `EMAIL_USE_SSL`, `587` with `EMAIL_USE_TLS`, else `25`',
    means: 'SMTP port.',
  }),
  EMAIL_HOST_USER: optional(exactText, { group: 'Mail', means: 'SMTP user; goes together with the password.' }),
  EMAIL_HOST_PASSWORD: optional(exactText, { group: 'Mail', secret: true, means: 'SMTP password.' }),
  EMAIL_USE_TLS: withDefault(boolean, 'False', {
    group: 'Mail',
    means: 'STARTTLS is required: no mail leaves over a connection that stays in the clear.',
  }),
  EMAIL_USE_SSL: withDefault(boolean, 'False', {
    group: 'Mail',
    means: 'TLS from the first byte. Not together with `EMAIL_USE_TLS`.',
  }),
  DEFAULT_FROM_EMAIL: optional(sender, {
    group: 'Mail',
    unset: '`EMAIL_HOST_USER` when it is an address, else `no-reply@` and the first name in `ALLOWED_HOSTS`',
    means: 'Sender of every mail.',
  }),
};

const signIn = {
  ALLOW_OTP_FALLBACK: withDefault(boolean, 'False', {
    group: 'Sign-in',
    means: 'Development only: one fixed code signs anybody in. With it on and `DEBUG` off the server refuses to start.',
  }),
  OTP_FALLBACK_CODE: optional(pattern('six digits', /^\d{6}$/), {
    group: 'Sign-in',
    secret: true,
    means: 'That fixed code.',
  }),
  OTP_TTL_SECONDS: withDefault(integer(1, 86_400, 'seconds'), '600', {
    group: 'Sign-in',
    means: 'How long a sign-in code is good.',
  }),
  OTP_THROTTLE_PER_MINUTE: withDefault(integer(1, 100_000), '5', {
    group: 'Sign-in',
    means: 'Code requests a minute, counted per address and per e-mail.',
  }),
  MAX_ACTIVE_DEVICE_SESSIONS: withDefault(integer(1, 1000), '2', {
    group: 'Sign-in',
    means: 'Devices a person can be signed in on; one more ends the oldest.',
  }),
  ACCESS_TOKEN_SECONDS: withDefault(integer(1, 2_592_000, 'seconds'), '36000', {
    group: 'Sign-in',
    means: 'Life of an access token (10 hours).',
  }),
  REFRESH_TOKEN_SECONDS: withDefault(integer(1, 31_536_000, 'seconds'), '86400', {
    group: 'Sign-in',
    means: 'Life of a refresh token (1 day).',
  }),
};

const levels = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  fatal: 'fatal',
  critical: 'fatal',
  silent: 'silent',
} as const;

const samplers = {
  always_on: 'always_on',
  always_off: 'always_off',
  traceidratio: 'traceidratio',
  parentbased_always_on: 'parentbased_always_on',
  parentbased_always_off: 'parentbased_always_off',
  parentbased_traceidratio: 'parentbased_traceidratio',
} as const;

const observability = {
  SENTRY_DSN: optional(sentryDsn, {
    group: 'Observability',
    secret: true,
    unset: 'nothing is reported',
    means: 'Where errors are reported, without personal data.',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(httpUrl, {
    group: 'Observability',
    unset: 'nothing is traced',
    means: 'Where traces go, without personal data: an OTLP receiver; `/v1/traces` is added.',
  }),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: optional(httpUrl, {
    group: 'Observability',
    means: 'The same for traces alone, taken as it stands.',
  }),
  OTEL_EXPORTER_OTLP_PROTOCOL: withDefault(
    choice({ 'http/protobuf': 'http/protobuf' }, 'http/protobuf (no other protocol is spoken)'),
    'http/protobuf',
    { group: 'Observability', means: 'How traces are sent.' },
  ),
  OTEL_EXPORTER_OTLP_HEADERS: withDefault(pairs, '', {
    group: 'Observability',
    secret: true,
    means: 'Headers for the receiver, such as its key.',
  }),
  OTEL_SERVICE_NAME: optional(pattern('a name of up to 100 letters', /^.{1,100}$/), {
    group: 'Observability',
    unset: '`acolhe`',
    means: 'Name of this service in traces.',
  }),
  OTEL_RESOURCE_ATTRIBUTES: withDefault(pairs, '', {
    group: 'Observability',
    means: 'What else every trace says of where it comes from.',
  }),
  OTEL_TRACES_SAMPLER: withDefault(choice(samplers, Object.keys(samplers).join(', ')), 'parentbased_always_on', {
    group: 'Observability',
    means: 'Which traces are kept. `parentbased_…` follows what the caller decided, where it sends a `traceparent`.',
  }),
  OTEL_TRACES_SAMPLER_ARG: withDefault(ratio, '1', {
    group: 'Observability',
    means: 'Part of all traces that `traceidratio` keeps.',
  }),
  OTEL_TRACES_EXPORTER: withDefault(choice({ otlp: 'otlp', none: 'none' }, 'otlp or none'), 'otlp', {
    group: 'Observability',
    means: '`none` turns tracing off.',
  }),
  OTEL_SDK_DISABLED: withDefault(boolean, 'False', { group: 'Observability', means: 'Turns tracing off.' }),
  METRICS_TOKEN: optional(exactText, {
    group: 'Observability',
    secret: true,
    unset: '`/metrics` stays closed',
    means: 'Bearer token of `/metrics`.',
  }),
  LOG_LEVEL: withDefault(choice(levels, 'trace, debug, info, warn, error, fatal or silent'), 'info', {
    group: 'Observability',
    means: 'The least important lines that are logged.',
  }),
  GIT_COMMIT: optional(pattern('a commit id', /^[\w.+-]{1,64}$/), {
    group: 'Observability',
    aliases: ['RENDER_GIT_COMMIT'],
    unset: 'read from `.git`, else `unknown`',
    means: 'Commit that `/healthz` tells.',
  }),
};

const backup = {
  AWS_ACCESS_KEY_ID: optional(pattern('a key id without spaces', /^[\x21-\x7e]{1,256}$/), {
    group: 'Backup',
    means:
      'Key of the S3 store, for `acolhe backup -o s3://…` and `acolhe restore s3://…`. The server itself does not need it.',
  }),
  AWS_SECRET_ACCESS_KEY: optional(pattern('a secret without spaces', /^[\x21-\x7e]{1,256}$/), {
    group: 'Backup',
    secret: true,
    means: 'Its secret.',
  }),
  AWS_SESSION_TOKEN: optional(pattern('a token without spaces', /^[\x21-\x7e]+$/), {
    group: 'Backup',
    secret: true,
    means: 'Its token, where the key is one for a while.',
  }),
  AWS_REGION: withDefault(pattern('a region such as sa-east-1', /^[a-z0-9-]{1,63}$/), 'us-east-1', {
    group: 'Backup',
    aliases: ['AWS_DEFAULT_REGION'],
    means: 'Region of the bucket.',
  }),
  AWS_ENDPOINT_URL_S3: optional(httpUrl, {
    group: 'Backup',
    aliases: ['AWS_ENDPOINT_URL'],
    unset: 'AWS itself',
    means: 'Where a store of another make answers.',
  }),
};

/** Every variable the server reads, in the order the reference lists them. */
export const variables = { ...general, ...web, ...database, ...mail, ...signIn, ...observability, ...backup };

export type VariableName = keyof typeof variables;
