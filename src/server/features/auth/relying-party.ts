import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';

/** For whom a passkey is made: browsers offer it on this domain and its subdomains alone. */
export interface RelyingParty {
  readonly id: string;
  /** Where the page that asks stands. */
  readonly origin: string;
}

/**
 * The page that asks: the trusted origin the browser names, or this server's own. The host was checked before
 * (ALLOWED_HOSTS), other origins than the trusted ones were refused.
 */
export function relyingPartyOf(config: Config, request: FastifyRequest): RelyingParty {
  const own = `${request.protocol}://${request.headers.host ?? ''}`;
  const { origin } = request.headers;
  const trusted = [...config.corsAllowedOrigins, ...config.csrfTrustedOrigins];
  const page = origin !== undefined && trusted.includes(origin) ? origin : own;
  return { id: new URL(page).hostname, origin: page };
}
