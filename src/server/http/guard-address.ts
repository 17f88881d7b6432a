import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { sendProblem } from './error-handler.ts';
import { forwardedScheme } from './forwarded-scheme.ts';
import { authorityInTarget, type Host, hostHeaderOf, isAllowedHost, parseHost } from './host.ts';
import { probes } from './probes.ts';
import { HttpProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Scheme, checked host and port of this server as the browser sees it: `https://acolhe.example`. Empty for probes. */
    publicOrigin: string;
  }
}

/** Undefined when the request names no host, two, or one that cannot be. */
function hostOf(request: FastifyRequest): Host | 'none' | undefined {
  const header = hostHeaderOf(request.raw);
  const authority = authorityInTarget(request.originalUrl);
  if (header === undefined) return undefined;
  if (header === '') return authority === undefined ? 'none' : undefined;
  const host = parseHost(header);
  if (authority !== undefined && parseHost(authority)?.authority !== host?.authority) return undefined;
  return host;
}

/**
 * Refuses hosts that are unknown or no hosts, and redirects http to https. Probes are exempt from both: platforms send
 * them to an address of their own, without https.
 */
export function guardAddress(config: Config, request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  const host = hostOf(request);
  const isProbe = probes.has(request.routeOptions.url ?? '');
  if (isProbe && host !== undefined) return undefined;
  if (host === undefined || host === 'none' || !isAllowedHost(config.allowedHosts, host))
    return sendProblem(request, reply, new HttpProblem('unknown_host'));
  const scheme = forwardedScheme(request.headers['x-forwarded-proto'], config.trustedProxyHops);
  request.publicOrigin = new URL(`${scheme}://${host.authority}`).origin;
  if (!config.https.redirect || scheme === 'https') return undefined;
  const { host: named } = new URL(request.publicOrigin);
  return reply.redirect(`https://${named}${request.url}`, 308);
}
