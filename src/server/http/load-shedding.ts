import type { FastifyInstance } from 'fastify';
import { probes } from './probes.ts';
import { HttpProblem } from './problem.ts';

export interface Load {
  /** Requests under way. */
  readonly inFlight: number;
  /** Requests refused since the start. */
  readonly shed: number;
}

interface Limits {
  /** Requests under way at once. */
  readonly requests: number;
  /** Bytes of memory this process may hold. */
  readonly memory: number;
}

/** Beyond these, requests take longer than anybody waits, or memory runs out and every request fails. */
function defaultLimits(): Limits {
  // The container's limit; without a container there is none to compare with.
  const given = process.constrainedMemory();
  const known = given > 0 && given < Number.MAX_SAFE_INTEGER;
  return { requests: 1000, memory: known ? given * 0.85 : Number.POSITIVE_INFINITY };
}

/** Routes whose answers stay open for hours and idle for most of that time. */
const waiting = new Set(['/api/v1/events']);

const memoryInterval = 500;

/** Answers requests beyond the limits with 503 and Retry-After, before any work is done for them. */
export function registerLoadShedding(app: FastifyInstance, limits: Limits = defaultLimits()): Load {
  const load = { inFlight: 0, shed: 0 };
  let memory = 0;
  const timer = setInterval(() => {
    memory = process.memoryUsage.rss();
  }, memoryInterval);
  timer.unref();
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer);
    done();
  });
  app.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url ?? '';
    if (probes.has(route)) {
      done();
      return;
    }
    if (load.inFlight >= limits.requests || memory > limits.memory) {
      load.shed += 1;
      request.log.warn({ event: 'request_shed', inFlight: load.inFlight }, 'more requests than can be served');
      done(new HttpProblem('unavailable', { headers: { 'retry-after': '2' } }));
      return;
    }
    if (!waiting.has(route)) {
      load.inFlight += 1;
      reply.raw.once('close', () => {
        load.inFlight -= 1;
      });
    }
    done();
  });
  return load;
}
