import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { HttpProblem } from './problem.ts';

export const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses changes that another site's page tries to make with a person's cookies (CSRF). Browsers send Origin with every
 * such request (Fetch standard, "append a request Origin header"). A bearer token needs no check, because no other site has
 * it; other kinds of Authorization may be added by the browser itself. Applies to every route with an unsafe method.
 */
export function guardOrigin(config: Config, request: FastifyRequest): void {
  const { authorization, cookie, origin, 'sec-fetch-site': site, 'content-type': type } = request.headers;
  if (request.is404 || safeMethods.has(request.method) || /^Bearer /i.test(authorization ?? '')) return;
  const others = [...config.csrfTrustedOrigins, ...config.corsAllowedOrigins];
  const trusted = origin !== undefined && (origin === request.publicOrigin || others.includes(origin));
  if (origin !== undefined && !trusted) throw new HttpProblem('cross_origin');
  if (origin === undefined && site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new HttpProblem('cross_origin');
  // An HTML form cannot send JSON, nor a multipart body without Origin; without cookies a form has nothing to misuse.
  if (type !== undefined && !isJson(type) && !(isForm(type) && (trusted || cookie === undefined)))
    throw new HttpProblem('cross_origin');
}

const isJson = (type: string): boolean => /^application\/json\s*(?:;|$)/i.test(type);
export const isForm = (type: string): boolean => /^multipart\/form-data\s*(?:;|$)/i.test(type);
