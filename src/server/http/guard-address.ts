import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { sendProblem } from './error-handler.ts';
import { readForwardedScheme } from './forwarded-scheme.ts';
import { findAuthority, type Host, readHostHeader, isAllowedHost, parseHost } from './host.ts';
import { probes } from './probes.ts';
import { HttpProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** This server's origin as the browser sees it, host checked: `https://acolhe.example`. Empty for probes. */
    publicOrigin: string;
  }
}

/** The requested host; `none` for HTTP/1.0 without one; undefined when it is missing, contradictory or invalid. */
function readHost(request: FastifyRequest): Host | 'none' | undefined {
  const header = readHostHeader(request.raw);
  const authority = findAuthority(request.originalUrl);
  if (header === undefined) return undefined;
  if (header === '') return authority === undefined ? 'none' : undefined;
  const host = parseHost(header);
  if (authority !== undefined && parseHost(authority)?.authority !== host?.authority) return undefined;
  return host;
}

/**
 * Refuses hosts that are unknown or invalid and redirects http to https. Probes are exempt from both, because platforms send
 * them to an internal address without https.
 */
export function guardAddress(config: Config, request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  const host = readHost(request);
  const isProbe = probes.has(request.routeOptions.url ?? '');
  if (isProbe && host !== undefined) return undefined;
  if (host === undefined || host === 'none' || !isAllowedHost(config.allowedHosts, host))
    return sendProblem(request, reply, new HttpProblem('unknown_host'));
  const scheme = readForwardedScheme(request.headers['x-forwarded-proto'], config.trustedProxyHops);
  request.publicOrigin = new URL(`${scheme}://${host.authority}`).origin;
  if (!config.https.redirect || scheme === 'https') return undefined;
  const { host: named } = new URL(request.publicOrigin);
  return reply.redirect(`https://${named}${request.url}`, 308);
}
