import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { listAllowedMethods } from './allowed-methods.ts';
import { safeMethods } from './guard-origin.ts';
import { projectRoot } from '../project-root.ts';
import { HttpProblem } from './problem.ts';

const built = join(projectRoot, 'dist', 'web');

/**
 * Serves the built web app: files with a hash in their name, cacheable for a year, and index.html for every path that is
 * neither a file nor the API.
 */
export async function registerWebApp(app: FastifyInstance, root: string = built): Promise<void> {
  const assets = join(root, 'assets');
  const isBuilt = existsSync(join(root, 'index.html'));
  app.addHook('onRequest', (request, reply, done) => {
    const isFileRoute = request.pattern === '/*' || request.pattern === '/';
    // Each file has exactly one path: other spellings (`//`, `/./`) are answered as not found.
    if (isFileRoute && !isCanonical(request.url)) reply.callNotFound();
    // Before a body is read: nobody's is where no route waits for it.
    else if (request.is404 && !safeMethods.has(request.method)) done(refusalOf(normalizePath(request.url)));
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
    // The route that was matched at first, such as the one of the files, has found nothing.
    request.pattern = '';
    const path = normalizePath(request.url);
    const refusal = refusalOf(path);
    const isRead = ['GET', 'HEAD'].includes(request.method);
    const isWanted = isBuilt && isRead && isPage(decodeURIComponent(path), request.headers.accept);
    if (refusal.code !== 'not_found' || !isWanted) throw refusal;
    // On a page at `//evil.example` the router would resolve the app's own links to that other site.
    if (/^[/\\]{2}/.test(request.url)) return reply.redirect(request.url.replace(/^[/\\]+/, '/'), 308);
    // Read for every request, because a new build changes the file names in it while the server runs.
    const page = await readFile(join(root, 'index.html'));
    return reply
      .type('text/html; charset=utf-8')
      .headers({
        'cache-control': 'no-cache',
        // A search engine that found the address of a link in a message would tell whose it is.
        'x-robots-tag': 'noindex, nofollow',
      })
      .send(page);
  });
}

/** The answer where no route has this path, or none this method of it. */
function refusalOf(path: string): HttpProblem {
  const allowed = listAllowedMethods(decodeURI(path));
  if (allowed.length === 0) return new HttpProblem('not_found');
  return new HttpProblem('method_not_allowed', { headers: { allow: allowed.join(', ') } });
}

/** Whether a path has no empty or dot segments and no backslash, encoded or not. A slash at the end is allowed. */
function isCanonical(url: string): boolean {
  const path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '').replace(/\/$/, '');
  const [, ...segments] = path.split('/');
  return !path.includes('\\') && segments.every((segment) => !['', '.', '..'].includes(segment));
}

/** The path as the router reads it: repeated slashes count as one. */
const normalizePath = (url: string): string => (url.split(/[?#]/, 1)[0] ?? '').replace(/\/{2,}/g, '/');

/**
 * Whether a path may be a page of the app. The build's files are at the top and in `assets`. Deeper paths may contain dots
 * (`/clientes/ana@exemplo.com`): they are pages when HTML is asked for, as browsers do.
 */
function isPage(path: string, accept = ''): boolean {
  if (path.replace(/^[/\\]+/, '').includes('\\')) return false;
  const [first = '', ...deeper] = path.split('/').filter((segment) => segment !== '');
  if (['api', 'assets', 'dev'].includes(first.toLowerCase())) return false;
  if ([first, ...deeper].some((segment) => segment === '.' || segment === '..')) return false;
  const last = deeper.at(-1) ?? first;
  return !last.includes('.') || (deeper.length > 0 && /\btext\/html\b/i.test(accept));
}
