import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { createAddressGuard } from './guard-address.ts';
import { guardBody, guardQuery } from './guard-body.ts';
import { guardOrigin } from './guard-origin.ts';
import { prepareSecurityHeaders } from './security-headers.ts';

/** Security headers, CORS, and the host and origin checks that every request passes. */
export async function registerSecurity(app: FastifyInstance, config: Config): Promise<void> {
  const headers = prepareSecurityHeaders(config);
  app.decorateRequest('publicOrigin', '');
  const guardAddress = createAddressGuard(config);
  // Before CORS, which answers preflights itself.
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers);
    if (guardAddress(request, reply) === undefined) done();
  });
  if (config.corsAllowedOrigins.length > 0) await allowOrigins(app, config.corsAllowedOrigins);
  app.addHook('onRequest', (request, _reply, done) => {
    guardOrigin(config, request);
    guardBody(request);
    guardQuery(request);
    done();
  });
}

/** Answers preflights, and tells browsers that pages of these origins may read what is answered. */
async function allowOrigins(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  await app.register(cors, {
    // A function, so that other origins get no CORS header at all.
    origin: (origin, done) => {
      done(null, origin !== undefined && origins.includes(origin));
    },
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: ['ETag', 'Retry-After', 'Idempotency-Replayed', 'Code-Number', 'Date'],
    maxAge: 600,
    // Whoever asks for options without naming a method gets them: the plugin's refusal is no problem of RFC 9457.
    strictPreflight: false,
  });
}
