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
    const allowed = allowedMethods(request.url.split('?')[0] ?? '');
    if (allowed.length > 0) throw new HttpProblem('method_not_allowed', { headers: { allow: allowed.join(', ') } });
    const wantsPage =
      ['GET', 'HEAD'].includes(request.method) && !request.url.startsWith('/api/') && !/\.\w+(\?|$)/.test(request.url);
    if (!isBuilt || !wantsPage) throw new HttpProblem('not_found');
    // Read for every request: a build while the server runs changes the names of the files in it.
    const page = await readFile(join(root, 'index.html'));
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
  });
}
