import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { allowedMethods } from './allowed-methods.ts';
import { HttpProblem } from './problem.ts';

const built = join(import.meta.dirname, '..', '..', '..', 'dist', 'web');

/**
 * Serves the built web app: hashed files cacheable for a year, and the app's page for every path that is neither a file
 * nor the API.
 */
export async function registerWebApp(app: FastifyInstance, root: string = built): Promise<void> {
  const assets = join(root, 'assets');
  const isBuilt = existsSync(join(root, 'index.html'));
  // Files are found by one spelling of their path alone; any other goes where paths go that name none.
  app.addHook('onRequest', (request, reply, done) => {
    const isFileRoute = request.routeOptions.url === '/*' || request.routeOptions.url === '/';
    if (isFileRoute && !isCanonical(request.url)) reply.callNotFound();
    else done();
  });
  if (isBuilt)
    await app.register(fastifyStatic, {
      root,
      index: 'index.html',
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        void reply.header(
          'cache-control',
          path.startsWith(assets) ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
  app.setNotFoundHandler(async (request, reply) => {
    const path = pathOf(request.url);
    const allowed = allowedMethods(decodeURI(path));
    if (allowed.length > 0) throw new HttpProblem('method_not_allowed', { headers: { allow: allowed.join(', ') } });
    const isRead = ['GET', 'HEAD'].includes(request.method);
    if (!isBuilt || !isRead || !isPage(decodeURIComponent(path), request.headers.accept))
      throw new HttpProblem('not_found');
    // A page at `//evil.example` would take its own links for those of another site.
    if (/^[/\\]{2}/.test(request.url)) return reply.redirect(request.url.replace(/^[/\\]+/, '/'), 308);
    // Read for every request: a build while the server runs changes the names of the files in it.
    const page = await readFile(join(root, 'index.html'));
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
  });
}

/** Whether a path has no empty and no dot segments, nor backslashes, encoded or not; a slash at its end is no matter. */
function isCanonical(url: string): boolean {
  const path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '').replace(/\/$/, '');
  const [, ...segments] = path.split('/');
  return !path.includes('\\') && segments.every((segment) => !['', '.', '..'].includes(segment));
}

/** The path as the router reads it: each slash once. */
const pathOf = (url: string): string => (url.split(/[?#]/, 1)[0] ?? '').replace(/\/{2,}/g, '/');

/**
 * Whether a path may be a page of the app. The build's files lie at the top and in `assets`. Deeper addresses may hold
 * names and dates with dots (`/clientes/ana@exemplo.com`): those are pages for a browser, which asks for HTML.
 */
function isPage(path: string, accept = ''): boolean {
  const [first = '', ...deeper] = path.split('/').filter((segment) => segment !== '');
  if (['api', 'assets', 'dev'].includes(first.toLowerCase())) return false;
  if ([first, ...deeper].some((segment) => segment === '.' || segment === '..')) return false;
  const last = deeper.at(-1) ?? first;
  return !last.includes('.') || (deeper.length > 0 && /\btext\/html\b/i.test(accept));
}
