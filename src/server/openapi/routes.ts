import type { FastifyInstance } from 'fastify';
import { once } from '../../shared/once.ts';
import type { Config } from '../config.ts';
import { docsPolicy, renderDocsPage } from './docs-page.ts';
import { createOpenApiDocument } from './document.ts';

/** Serves `/api/v1/openapi.json` and `/api/v1/docs`, each made on the first request; short paths redirect there. */
export function registerOpenApi(app: FastifyInstance, config: Config): void {
  const document = once(() => createOpenApiDocument(config));
  const json = once(() => JSON.stringify(document()));
  const page = once(() => renderDocsPage(document()));
  // Not `no-store`: they contain nothing personal. Not a maximum age: a new release may change them.
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
  // Where many people look first.
  for (const name of ['openapi.json', 'docs'])
    app.get(`/${name}`, (_request, reply) => reply.redirect(`/api/v1/${name}`, 308));
}
