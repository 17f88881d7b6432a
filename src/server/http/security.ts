import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { sendProblem } from './error-handler.ts';
import { probes } from './probes.ts';
import { HttpProblem } from './problem.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A Host header's name without its port; IPv6 keeps its brackets. Undefined when it can be part of no address. */
function hostNameOf(host: string): string | undefined {
  const [, name, port = '0'] = /^(.*?)\.?(?::(\d+))?$/.exec(host.toLowerCase()) ?? [];
  return Number(port) > 65_535 ? undefined : name;
}

const isAllowedHost = (config: Config, host: string): boolean => {
  const name = hostNameOf(host);
  if (name === undefined) return false;
  return config.allowedHosts.some(
    (allowed) =>
      allowed === '*' ||
      allowed === name ||
      (allowed.startsWith('.') && (name === allowed.slice(1) || name.endsWith(allowed))),
  );
};

/**
 * Refuses unknown hosts and redirects http to https. Probes are exempt: platforms send them without the public host
 * name.
 */
function guardAddress(config: Config, request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  const path = request.url.split('?')[0] ?? '';
  if (probes.has(path)) return undefined;
  const host = request.headers.host ?? '';
  if (!isAllowedHost(config, host)) return sendProblem(request, reply, new HttpProblem('unknown_host'));
  if (config.https.redirect && request.protocol === 'http') return reply.redirect(`https://${host}${request.url}`, 308);
  return undefined;
}

/**
 * Refuses changes that another site's page tries to make with a person's cookies (CSRF). Browsers send Origin with
 * every such request (Fetch standard, "append a request Origin header"); a bearer token is proof enough, since no other
 * site has it.
 */
function guardOrigin(config: Config, request: FastifyRequest): void {
  if (safeMethods.has(request.method) || request.headers.authorization !== undefined) return;
  const { origin, host = '', 'sec-fetch-site': site, 'content-type': type } = request.headers;
  const own = origin === `${request.protocol}://${host}`;
  const trusted =
    origin !== undefined && (own || [...config.csrfTrustedOrigins, ...config.corsAllowedOrigins].includes(origin));
  if (origin !== undefined && !trusted) throw new HttpProblem('cross_origin');
  if (origin === undefined && site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new HttpProblem('cross_origin');
  if (type !== undefined && !/^application\/json\b/i.test(type) && !/^multipart\/form-data\b/i.test(type))
    throw new HttpProblem('cross_origin');
  if (type !== undefined && /^multipart/i.test(type) && !trusted) throw new HttpProblem('cross_origin');
}

/** Security headers, CORS, and the host and origin checks that every request passes. */
export async function registerSecurity(app: FastifyInstance, config: Config): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Positions in long lists are set through the CSSOM, which this policy does not restrict.
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(config.https.redirect ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity:
      config.https.hstsSeconds > 0
        ? {
            maxAge: config.https.hstsSeconds,
            includeSubDomains: config.https.hstsIncludeSubdomains,
            preload: config.https.hstsPreload,
          }
        : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  await app.register(cors, {
    // A function, so that other origins get no CORS header at all.
    origin: (origin, done) => {
      done(null, origin !== undefined && config.corsAllowedOrigins.includes(origin));
    },
    credentials: true,
    methods: ['GET', 'POST', 'PATCH', 'DELETE'],
    exposedHeaders: ['ETag', 'Retry-After', 'Idempotency-Replayed', 'Code-Number', 'Date'],
    maxAge: 600,
  });
  app.addHook('onRequest', async (request, reply) => {
    if (guardAddress(config, request, reply) !== undefined) return reply;
    if (request.url.startsWith('/api/')) {
      reply.header('cache-control', 'no-store');
      guardOrigin(config, request);
    }
    return undefined;
  });
}
