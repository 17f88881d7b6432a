import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

/**
 * Asks for a body with 100 (RFC 9110 section 10.1.1) once the request has been let in, not before as Node does. What else
 * a request expects is passed over.
 */
export function askForBodies(app: FastifyInstance): void {
  for (const event of ['checkContinue', 'checkExpectation'] as const)
    app.server.on(event, (request: IncomingMessage, response: ServerResponse) => {
      app.server.emit('request', request, response);
    });
  app.addHook('preParsing', (request, reply, payload, done) => {
    if (/^100-continue$/i.test(request.headers.expect ?? '')) reply.raw.writeContinue();
    done(null, payload);
  });
}
