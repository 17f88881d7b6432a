import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { docsPolicy, renderDocsPage } from './docs-page.ts';
import { createOpenApiDocument } from './document.ts';

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** `/api/v1/openapi.json` and `/api/v1/docs`, each made when it is first asked for; short addresses lead there. */
export function registerOpenApi(app: FastifyInstance, config: Config): void {
  const document = once(() => createOpenApiDocument(config));
  const json = once(() => JSON.stringify(document()));
  const page = once(() => renderDocsPage(document()));
  // They change with the release alone, and hold nothing personal.
  const cacheControl = 'no-cache';
  app.get('/api/v1/openapi.json', (_request, reply) =>
    reply.header('cache-control', cacheControl).type('application/json; charset=utf-8').send(json()),
  );
  app.get('/api/v1/docs', (_request, reply) =>
    reply
      .headers({ 'cache-control': cacheControl, 'content-security-policy': docsPolicy })
      .type('text/html; charset=utf-8')
      .send(page()),
  );
  // Where many would look first.
  for (const name of ['openapi.json', 'docs'])
    app.get(`/${name}`, (_request, reply) => reply.redirect(`/api/v1/${name}`, 308));
}
