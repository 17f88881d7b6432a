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
function readHost(request: FastifyRequest, parse: (text: string) => Host | undefined): Host | 'none' | undefined {
  const header = readHostHeader(request.raw);
  const authority = findAuthority(request.originalUrl);
  if (header === undefined) return undefined;
  if (header === '') return authority === undefined ? 'none' : undefined;
  const host = parse(header);
  if (authority !== undefined && parse(authority)?.authority !== host?.authority) return undefined;
  return host;
}

/** The most results of a function that are remembered, and characters of their text; people reach a server by few names. */
const capacity = 200;
const longest = 300;

/** Remembers the results of a function of one text. */
function remember<Value>(compute: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found.value;
    const value = compute(text);
    if (known.size >= capacity) known.clear();
    if (text.length <= longest) known.set(text, { value });
    return value;
  };
}

/**
 * Makes the check that refuses hosts that are unknown or invalid and redirects http to https. Probes are exempt from both,
 * because platforms send them to an internal address without https.
 */
export function createAddressGuard(
  config: Config,
): (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined {
  const parse = remember(parseHost);
  const isAllowed = remember((header) => {
    const host = parse(header);
    return host !== undefined && isAllowedHost(config.allowedHosts, host);
  });
  const toOrigin = remember((address) => new URL(address).origin);
  return (request, reply) => {
    const host = readHost(request, parse);
    if (probes.has(request.pattern) && host !== undefined) return undefined;
    if (host === undefined || host === 'none' || !isAllowed(host.authority))
      return sendProblem(request, reply, new HttpProblem('unknown_host'));
    const scheme = readForwardedScheme(request.headers['x-forwarded-proto'], config.trustedProxyHops);
    request.publicOrigin = toOrigin(`${scheme}://${host.authority}`);
    if (!config.https.redirect || scheme === 'https') return undefined;
    const { host: named } = new URL(request.publicOrigin);
    return reply.redirect(`https://${named}${request.url}`, 308);
  };
}
