import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../../shared/contracts/index.ts';
import { DatabaseBusy, DatabaseUnavailable, ReadTooSlow, SessionEnded, ShareUsedUp } from '../db/errors.ts';
import { DomainError } from '../domain-error.ts';
import { localeOf } from './locale.ts';
import { HttpProblem, problemBody, problemHeaders } from './problem.ts';

const codesByStatus: Readonly<Record<number, ErrorCode>> = {
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  431: 'headers_too_large',
};

/** What a client is told about an error: no more than it needs. */
export function problemOf(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof DomainError) return new HttpProblem(error.code, { ...error.facts, cause: error });
  if (error instanceof SessionEnded)
    return new HttpProblem('session_ended', { details: { ...error.details }, cause: error });
  if (error instanceof DatabaseUnavailable)
    return new HttpProblem('unavailable', { retryAfterSeconds: 5, cause: error });
  if (error instanceof ReadTooSlow) return new HttpProblem('too_slow', { retryAfterSeconds: 5, cause: error });
  if (error instanceof ShareUsedUp) return new HttpProblem('too_many_requests', { retryAfterSeconds: 2, cause: error });
  const status = (error as Partial<FastifyError>).statusCode;
  if (status !== undefined && status >= 400 && status < 500)
    return new HttpProblem(codesByStatus[status] ?? 'bad_request', { cause: error });
  return new HttpProblem('internal', { cause: error });
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: HttpProblem): FastifyReply {
  const body = problemBody(problem, localeOf(request.headers['accept-language']), request.id);
  return reply
    .code(problem.status)
    .headers({ 'cache-control': 'no-store', ...problemHeaders(problem) })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body));
}

/** Answers every error as RFC 9457. Unexpected ones are logged and passed to `onFailure`. */
export function registerErrorHandler(
  app: FastifyInstance,
  onFailure: (error: unknown, request: FastifyRequest) => void,
): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.code === 'internal') {
      request.log.error({ event: 'request_failed', err: error }, 'request failed');
      onFailure(error, request);
    } else if (error instanceof DatabaseBusy)
      request.log.warn({ event: 'database_busy' }, 'too many wait for the database');
    else if (problem.code === 'too_slow') request.log.warn({ event: 'read_too_slow' }, 'a read took too long');
    else if (problem.code === 'unavailable')
      request.log.warn({ event: 'database_unavailable' }, 'the database is unavailable');
    return sendProblem(request, reply, problem);
  });
}
