import type { FastifyRequest } from 'fastify';
import { isForm, safeMethods } from './guard-origin.ts';
import { HttpProblem } from './problem.ts';
import { isDecodable } from './unreadable.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The media type of the route's requests when that is not JSON. */
    readonly consumes?: 'multipart/form-data' | undefined;
  }
}

/** The charset parameter of a media type. Every route reads UTF-8. */
const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i;
const readableCharsets = new Set(['utf-8', 'utf8', 'us-ascii', '']);

/**
 * Refuses, by its headers, a body that the route cannot read: compressed, not UTF-8, or a form on a route without forms,
 * which would otherwise count as no body.
 */
export function guardBody(request: FastifyRequest): void {
  if (request.is404 || safeMethods.has(request.method)) return;
  const { 'content-type': type = '', 'content-encoding': coding = 'identity' } = request.headers;
  if (coding.trim().toLowerCase() !== 'identity')
    throw new HttpProblem('unsupported_media_type', { headers: { 'accept-encoding': 'identity' } });
  const takesForm = request.routeOptions.config.consumes !== undefined;
  if (isForm(type) ? !takesForm : !readableCharsets.has((charset.exec(type)?.[1] ?? '').toLowerCase()))
    throw new HttpProblem('unsupported_media_type');
}

/** Refuses a query that is not percent-encoded UTF-8: its values would be misread. */
export function guardQuery({ is404, url }: FastifyRequest): void {
  const query = url.slice(url.indexOf('?') + 1);
  if (!is404 && url.includes('?') && !(isDecodable(query) && /^[\x21-\x7e]*$/.test(query)))
    throw new HttpProblem('bad_request');
}
