import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { uuid } from '../../../shared/contracts/route.ts';
import { notFound } from '../../domain-error.ts';
import type { RouteContext } from '../../feature.ts';
import type { Actor } from '../../http/actor.ts';
import { isUnchanged } from '../../http/etag.ts';
import { localeOf } from '../../http/locale.ts';
import { HttpProblem } from '../../http/problem.ts';
import { describeCaller, runAs } from '../../http/route.ts';
import { noteRefusal } from '../audit/api.ts';
import { presentBundle } from './bundle.ts';
import { presentCapability } from './capability.ts';
import { presentOutcome } from './outcome-routes.ts';
import { resourceTypes } from './resources.ts';
import { type Given, readSearch } from './search.ts';
import { readResource, searchResources } from './service.ts';

const mediaType = 'application/fhir+json; charset=utf-8';

const send = (reply: FastifyReply, body: unknown): FastifyReply => reply.type(mediaType).send(JSON.stringify(body));

/** The parameters as they stand in the address, repeated ones too. */
const listGiven = (request: FastifyRequest): Given => {
  const at = request.url.indexOf('?');
  return at === -1 ? [] : [...new URLSearchParams(request.url.slice(at + 1))];
};

const formats = new Set(['json', 'application/json', 'application/fhir+json', 'text/json']);

/** Throws not_acceptable for somebody who wants XML or the like. */
function assertAcceptable(request: FastifyRequest): void {
  const asked = listGiven(request).find(([name]) => name === '_format')?.[1];
  const format = asked?.split(';')[0]?.trim().replace(' ', '+');
  if (format !== undefined && !formats.has(format)) throw new HttpProblem('not_acceptable');
  const { accept } = request.headers;
  if (format === undefined && accept !== undefined && !/json|\*\/\*|application\/\*/i.test(accept))
    throw new HttpProblem('not_acceptable');
}

/**
 * `/fhir`: FHIR R4 (4.0.1), read only, with a bearer token. The same rights and the same trail as the API. Errors are
 * OperationOutcomes.
 */
export function registerFhir(app: FastifyInstance, deps: RouteContext): void {
  const { config, db, identity } = deps;
  const baseOf = (request: FastifyRequest): string =>
    `${config.publicUrl ?? `${request.protocol}://${request.host}`}/fhir`;

  void app.register((scope, _options, done) => {
    scope.setErrorHandler((error, request, reply) => {
      const { problem, status, headers, body } = presentOutcome(error, localeOf(request.headers['accept-language']));
      if (problem.code === 'internal') {
        request.log.error({ event: 'request_failed', err: error }, 'request failed');
        deps.report(error, request);
      }
      return send(reply.code(status).headers({ ...headers, 'cache-control': 'no-store' }), body);
    });

    scope.get('/fhir/metadata', (request, reply) => {
      assertAcceptable(request);
      return send(reply, presentCapability(baseOf(request), config.release.version));
    });

    const answerAs = async <Result>(
      request: FastifyRequest,
      operation: string,
      recordId: string | undefined,
      work: (actor: Actor) => Promise<Result>,
    ): Promise<Result> => {
      // A browser's cookie is no credential here: programs name theirs.
      if (request.headers.authorization === undefined)
        throw new HttpProblem('unauthenticated', { headers: { 'www-authenticate': 'Bearer' } });
      const actor = await identity.authenticate(request, describeCaller(request));
      assertAcceptable(request);
      try {
        return await runAs(actor, work, identity);
      } catch (error) {
        const { status } = presentOutcome(error, 'en');
        if (status === 403 || status === 404) noteRefusal(db, { actor, operation, recordId, status });
        throw error;
      }
    };

    for (const type of resourceTypes) {
      scope.get(`/fhir/${type}`, async (request, reply) => {
        const given = listGiven(request);
        const lenient = /\bhandling=lenient\b/.test(String(request.headers['prefer'] ?? ''));
        const { search, found } = await answerAs(request, `GET /fhir/${type}`, undefined, async (actor) => {
          const read = readSearch(type, given, lenient);
          return { search: read, found: await searchResources(db, actor, read) };
        });
        const cursor = given.find(([name]) => name === 'cursor')?.[1];
        return send(reply, presentBundle(baseOf(request), search, found, cursor));
      });

      scope.get<{ Params: { id: string } }>(`/fhir/${type}/:id`, async (request, reply) => {
        const id = uuid.safeParse(request.params.id);
        const resource = await answerAs(request, `GET /fhir/${type}/{id}`, id.data, (actor) => {
          if (!id.success) throw notFound();
          return readResource(db, actor, type, id.data);
        });
        const etag = `W/"${resource.meta.versionId}"`;
        void reply.headers({ etag, 'last-modified': new Date(resource.meta.lastUpdated).toUTCString() });
        if (isUnchanged(request.headers['if-none-match'], etag)) return reply.code(304).send();
        return send(reply, resource);
      });
    }

    scope.get('/fhir/*', () => {
      throw notFound();
    });
    done();
  });
}
