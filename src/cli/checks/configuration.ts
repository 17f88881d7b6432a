import type { ConfigError } from '../../server/config.ts';
import { error, type Finding } from './finding.ts';

/** Variables that have their own finding: with an unsafe value a production server does not start. */
const findingNames = {
  SECRET_KEY: 'secret_key_unsafe',
  DJANGO_SECRET_KEY: 'secret_key_unsafe',
  SECRET_KEY_FALLBACKS: 'secret_key_fallback_unsafe',
  ALLOW_OTP_FALLBACK: 'otp_fallback_on',
  EMAIL_BACKEND: 'mail_backend_unsafe',
  EMAIL_HOST: 'mail_host_missing',
  ALLOWED_HOSTS: 'hosts_unsafe',
  DJANGO_ALLOWED_HOSTS: 'hosts_unsafe',
  CORS_ALLOWED_ORIGINS: 'cors_origins_unsafe',
  CSRF_TRUSTED_ORIGINS: 'csrf_origins_unsafe',
} as const;

const hasOwn = <Names extends object>(names: Names, name: PropertyKey): name is keyof Names =>
  Object.hasOwn(names, name);

/** Reports the settings that keep the server from starting. */
export const checkConfiguration = ({ problems }: Pick<ConfigError, 'problems'>): Finding[] =>
  problems.map(({ variable, got, takes }) =>
    error(
      hasOwn(findingNames, variable) ? findingNames[variable] : 'configuration_invalid',
      `${variable} is ${got ?? 'not set'}`,
      `it takes ${takes}`,
    ),
  );
