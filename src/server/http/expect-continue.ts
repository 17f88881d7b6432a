import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

/**
 * Sends 100 Continue (RFC 9110 section 10.1.1) only after the request has passed its checks, not before them as Node does.
 * Other expectations are ignored.
 */
export function askForBodies(app: FastifyInstance): void {
  for (const event of ['checkContinue', 'checkExpectation'] as const)
    app.server.on(event, (request: IncomingMessage, response: ServerResponse) => {
      app.server.emit('request', request, response);
    });
  app.addHook('preParsing', (request, reply, payload, done) => {
    const { expect } = request.headers;
    if (expect !== undefined && /^100-continue$/i.test(expect)) reply.raw.writeContinue();
    done(null, payload);
  });
}
