import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';

/** `/healthz` tells that the process is alive, `/readyz` whether it can serve requests; `ready` runs those checks. */
export function registerHealth(
  app: FastifyInstance,
  config: Config,
  ready: () => Promise<Record<string, boolean>>,
): void {
  const alive = JSON.stringify({ status: 'ok', ...config.release });
  app.get('/healthz', (_request, reply) => {
    void reply.type('application/json; charset=utf-8').send(alive);
  });
  app.get('/readyz', async (_request, reply) => {
    const checks = await ready();
    const ok = Object.values(checks).every(Boolean);
    return reply
      .code(ok ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: ok ? 'ok' : 'unavailable', checks });
  });
}
