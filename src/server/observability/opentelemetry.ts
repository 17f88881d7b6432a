import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { parseTraceParent, setGlobalErrorHandler } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Config, TracingConfig } from '../config.ts';
import { probes } from '../http/probes.ts';
import { safeError } from './safe-error.ts';
import type { Tracing } from './tracing.ts';

/** Sends spans to the receiver in batches, with attributes that describe this process. */
function createProvider(config: TracingConfig, release: Config['release']): TracerProvider {
  const exporter = new OTLPTraceExporter({ url: config.url, headers: config.headers, timeoutMillis: 5000 });
  return new TracerProvider({
    sampler: createSampler(config),
    resource: defaultResource().merge(
      resourceFromAttributes({
        'service.version': release.version,
        // Distinguishes the processes that share one service name.
        'service.instance.id': randomUUID(),
        'vcs.ref.head.revision': release.commit,
        ...config.attributes,
        'service.name': config.serviceName,
      }),
    ),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
}

/**
 * Spans of requests, transactions and jobs, sent by OTLP. Made by hand, because the ready-made instrumentation of HTTP and pg
 * puts addresses and statements into attributes; here they contain only routes, kinds and numbers.
 */
export function createTracing(config: TracingConfig, release: Config['release'], log: Logger): Tracing {
  setGlobalErrorHandler(() => {
    log.warn({ event: 'traces_failed' }, 'traces did not reach their receiver');
  });
  const provider = createProvider(config, release);
  const tracer = provider.getTracer('acolhe', release.version);
  // Not the library's global context manager, so that several servers in one process stay separate.
  const current = new AsyncLocalStorage<Context>();

  const within = async <T>(
    name: string,
    kind: SpanKind,
    attributes: Attributes,
    work: () => Promise<T>,
  ): Promise<T> => {
    const parent = current.getStore() ?? ROOT_CONTEXT;
    const span = tracer.startSpan(name, { kind, attributes }, parent);
    try {
      return await current.run(trace.setSpan(parent, span), work);
    } catch (error) {
      const { type, code } = safeError(error);
      span.setAttribute('error.type', code ?? type).setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  };

  return {
    observeRequests: (app) => {
      observeRequests(app, tracer, current);
    },
    // Outside requests and jobs there are only periodic tasks, whose spans would drown everything else.
    transaction: (kind, work) =>
      current.getStore() === undefined
        ? work()
        : within(
            `transaction ${kind}`,
            SpanKind.CLIENT,
            { 'db.system.name': 'postgresql', 'db.operation.name': kind },
            work,
          ),
    job: (task, work) =>
      within(
        `job ${task}`,
        SpanKind.CONSUMER,
        { 'messaging.system': 'postgresql', 'messaging.destination.name': task },
        work,
      ),
    close: () => Promise.race([provider.shutdown(), sleep(2000, undefined, { ref: false })]),
  };
}

/** Starts a span when a request's headers have arrived and ends it when the answer was sent. */
function observeRequests(app: FastifyInstance, tracer: Tracer, current: AsyncLocalStorage<Context>): void {
  const open = new WeakMap<FastifyRequest, { readonly span: Span; readonly context: Context }>();
  app.addHook('onRequest', (request, _reply, done) => {
    const { method, routeOptions, id, protocol } = request;
    const route = routeOptions.url ?? 'none';
    if (probes.has(route)) {
      done();
      return;
    }
    const attributes = {
      'http.request.method': method,
      'http.route': route,
      'url.scheme': protocol,
      'acolhe.request_id': id,
    };
    const caller = readTraceParent(request);
    const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, caller);
    open.set(request, { span, context: trace.setSpan(caller, span) });
    done();
  });
  // Reading the body loses the context set in onRequest; from here on everything belongs to the request.
  app.addHook('preHandler', (request, _reply, done) => {
    const context = open.get(request)?.context;
    if (context === undefined) done();
    else current.run(context, done);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const span = open.get(request)?.span;
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500)
      span?.setAttribute('error.type', String(reply.statusCode)).setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
}

/** The caller's W3C `traceparent`, if valid. `tracestate` and `baggage` may contain anything and are ignored. */
function readTraceParent({ headers }: FastifyRequest): Context {
  const { traceparent } = headers;
  const parent = typeof traceparent === 'string' ? parseTraceParent(traceparent) : null;
  return parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}

function createSampler({ sampler, ratio }: TracingConfig): Sampler {
  const [, parentBased, name] = /^(parentbased_)?(.+)$/.exec(sampler) ?? [];
  const root =
    name === 'always_off'
      ? new AlwaysOffSampler()
      : name === 'traceidratio'
        ? new TraceIdRatioBasedSampler(ratio)
        : new AlwaysOnSampler();
  return parentBased === undefined ? root : new ParentBasedSampler({ root });
}
