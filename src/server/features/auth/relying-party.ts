import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';

/** Whom a passkey is made for: browsers offer it only on this domain and its subdomains. */
export interface RelyingParty {
  readonly id: string;
  /** The origin of the page that asks. */
  readonly origin: string;
}

/**
 * The page that asks: the trusted origin that the browser names, or this server's own. Both have been checked before.
 */
export function relyingPartyOf(config: Config, request: FastifyRequest): RelyingParty {
  const { origin } = request.headers;
  const trusted = [...config.corsAllowedOrigins, ...config.csrfTrustedOrigins];
  const page = origin !== undefined && trusted.includes(origin) ? origin : request.publicOrigin;
  return { id: new URL(page).hostname, origin: page };
}
