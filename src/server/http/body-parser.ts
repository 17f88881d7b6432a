import type { FastifyInstance } from 'fastify';
import { parseJsonBody } from './json-body.ts';

/** Accepts only JSON bodies. An empty one counts as no body, because many clients always send a Content-Type. */
export function registerBodyParser(app: FastifyInstance): void {
  app.removeContentTypeParser(['text/plain', 'application/json']);
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body.length === 0 ? undefined : parseJsonBody(body));
  });
}
