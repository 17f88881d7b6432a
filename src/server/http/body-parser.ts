import type { FastifyInstance } from 'fastify';
import { parseJsonBody } from './json-body.ts';

/** Bodies are JSON and nothing else. One that is empty is none: many clients name the type with every request. */
export function registerBodyParser(app: FastifyInstance): void {
  app.removeContentTypeParser(['text/plain', 'application/json']);
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body.length === 0 ? undefined : parseJsonBody(body));
  });
}
