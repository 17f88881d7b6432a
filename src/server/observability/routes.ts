import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { HttpProblem } from '../http/problem.ts';
import type { Metrics } from './metrics.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** `/metrics` for holders of the token; a 404 when none is configured. */
export function registerMetrics(app: FastifyInstance, metrics: Metrics, token: string | undefined): void {
  const expected = token === undefined ? undefined : digest(`Bearer ${token}`);
  app.get('/metrics', async (request, reply) => {
    if (expected === undefined) throw new HttpProblem('not_found');
    // Digests have equal length, so comparing takes the same time whatever was sent.
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected))
      throw new HttpProblem('unauthenticated', { headers: { 'www-authenticate': 'Bearer' } });
    const text = await metrics.print();
    return reply.header('cache-control', 'no-store').type(metrics.registry.contentType).send(text);
  });
}
