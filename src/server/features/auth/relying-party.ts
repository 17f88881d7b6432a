import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';

/** WebAuthn's relying party: the domain that a passkey is made for. Browsers offer it only there and on subdomains. */
export interface RelyingParty {
  readonly id: string;
  /** The origin of the requesting page. */
  readonly origin: string;
}

/** From the requesting page: the browser's Origin if it is a trusted one, otherwise this server's own origin. */
export function chooseRelyingParty(config: Config, request: FastifyRequest): RelyingParty {
  const { origin } = request.headers;
  const trusted = [...config.corsAllowedOrigins, ...config.csrfTrustedOrigins];
  const page = origin !== undefined && trusted.includes(origin) ? origin : request.publicOrigin;
  return { id: new URL(page).hostname, origin: page };
}
