import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { guardAddress } from './guard-address.ts';
import { guardBody, guardQuery } from './guard-body.ts';
import { guardOrigin } from './guard-origin.ts';

/** Security headers, CORS, and the host and origin checks that every request passes. */
export async function registerSecurity(app: FastifyInstance, config: Config): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // No 'unsafe-inline': positions in long lists are set through the CSSOM, which this policy does not restrict.
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
  app.decorateRequest('publicOrigin', '');
  // Before CORS, which answers preflights itself.
  app.addHook('onRequest', (request, reply, done) => {
    // No answer is cached unless its route says otherwise.
    reply.header('cache-control', 'no-store');
    if (guardAddress(config, request, reply) === undefined) done();
  });
  await app.register(cors, {
    // A function, so that other origins get no CORS header at all.
    origin: (origin, done) => {
      done(null, origin !== undefined && config.corsAllowedOrigins.includes(origin));
    },
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: ['ETag', 'Retry-After', 'Idempotency-Replayed', 'Code-Number', 'Date'],
    maxAge: 600,
  });
  app.addHook('onRequest', (request, _reply, done) => {
    guardOrigin(config, request);
    guardBody(request);
    guardQuery(request);
    done();
  });
}
