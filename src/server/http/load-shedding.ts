import underPressure from '@fastify/under-pressure';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import './facts.ts';
import { probes } from './probes.ts';
import { HttpProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route waits most of the time and has limits of its own, so its requests do not count here. */
    readonly waits?: true | undefined;
  }
}

export interface Load {
  /** Requests in progress. */
  readonly inFlight: number;
  /** Requests refused since the start. */
  readonly shed: number;
}

interface Limits {
  /** The most requests in progress at once. */
  readonly requests: number;
  /** The most bytes of memory that this process may use. */
  readonly memory: number;
}

/** Bytes of the process that only watches over the others. */
const primaryMemory = 64 * 1024 * 1024;

/**
 * Beyond these, requests take longer than anybody waits, or memory runs out and every request fails.
 * @param processes how many share the container's memory
 */
export function chooseLoadLimits(processes: number, given = process.constrainedMemory()): Limits {
  // The container's limit; without a container there is none to compare with.
  const isKnown = given > 0 && given < Number.MAX_SAFE_INTEGER;
  if (!isKnown) return { requests: 1000, memory: Number.POSITIVE_INFINITY };
  return { requests: 1000, memory: (given * 0.85 - (processes > 1 ? primaryMemory : 0)) / processes };
}

/** Milliseconds between two measurements of memory. */
const memoryInterval = 500;

/** @returns whether this process uses more memory than it may, as measured every half second */
async function watchMemory(app: FastifyInstance, maxRssBytes: number): Promise<() => boolean> {
  let measuring = app;
  // The plugin only measures, in a scope without routes: which requests are refused is decided below.
  await app.register(async (scope) => {
    await scope.register(underPressure, { maxRssBytes, sampleInterval: memoryInterval });
    measuring = scope;
  });
  return () => measuring.isUnderPressure();
}

/**
 * Answers requests beyond the limits with 503 and Retry-After, before any work is done for them. A request counts from the
 * moment when all of it is there until its answer is made: sending slowly and reading slowly hold nobody up.
 */
export async function registerLoadShedding(app: FastifyInstance, limits: Limits): Promise<Load> {
  const load = { inFlight: 0, shed: 0 };
  const isShortOfMemory = await watchMemory(app, limits.memory);
  const shed = (request: FastifyRequest): HttpProblem | undefined => {
    const isProbe = probes.has(request.pattern);
    if (isProbe || (load.inFlight < limits.requests && !isShortOfMemory())) return undefined;
    load.shed += 1;
    request.log.warn({ event: 'request_shed', inFlight: load.inFlight }, 'more requests than can be served');
    return new HttpProblem('unavailable', { retryAfterSeconds: 2 });
  };
  const endings = new WeakMap<FastifyRequest, () => void>();
  app.addHook('onRequest', (request, _reply, done) => {
    done(shed(request));
  });
  app.addHook('preHandler', (request, reply, done) => {
    const refusal = shed(request);
    if (refusal !== undefined || probes.has(request.pattern) || request.routeOptions.config.waits === true) {
      done(refusal);
      return;
    }
    load.inFlight += 1;
    const end = (): void => {
      if (endings.delete(request)) load.inFlight -= 1;
    };
    endings.set(request, end);
    reply.raw.once('close', end);
    done();
  });
  app.addHook('onSend', (request, _reply, payload, done) => {
    // A streamed answer, such as an export, is produced while it is sent: it counts until its end.
    const isMade = !(payload instanceof Readable) || !request.pattern.startsWith('/api/');
    if (isMade) endings.get(request)?.();
    done(null, payload);
  });
  return load;
}
