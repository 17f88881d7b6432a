import type { Reading } from './values.ts';

/** Whether people elsewhere can open the name: no wildcard, no IP address, not this machine. */
const isPublicName = (host: string): boolean =>
  !host.startsWith('.') && host.includes('.') && /[a-z]\.?$/.test(host) && !host.endsWith('.localhost');

/**
 * The origin of the web app, for links in mails. It never comes from a request, because anybody can write those headers.
 * @returns undefined when the environment does not determine it
 */
export function readPublicUrl({ values, debug }: Reading): string | undefined {
  if (values.PUBLIC_URL !== undefined) return values.PUBLIC_URL;
  if (debug) return values.PORT === 0 ? undefined : `http://localhost:${String(values.PORT)}`;
  const origins = new Set([...values.CORS_ALLOWED_ORIGINS, ...values.CSRF_TRUSTED_ORIGINS]);
  const [origin] = origins;
  if (origin !== undefined) return origins.size === 1 && origin !== '*' ? origin : undefined;
  const host = values.ALLOWED_HOSTS.find(isPublicName);
  return host === undefined ? undefined : `https://${host.replace(/\.$/, '')}`;
}
