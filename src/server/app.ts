import cookie from '@fastify/cookie';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { shareAmongStrangers } from './db/stranger-shares.ts';
import type { Database } from './db/transaction.ts';
import { noteRefusal } from './features/audit/api.ts';
import { createIdentity, type Keyring } from './features/auth/api.ts';
import { contributions, features } from './features.ts';
import { toAddressBlock, parseAddress } from './http/address.ts';
import { chooseArrivalLimits } from './http/arrival-limits.ts';
import { Arrivals } from './http/arrivals.ts';
import { registerBodyParser } from './http/body-parser.ts';
import { registerCompression } from './http/compression.ts';
import { askForBodies } from './http/expect-continue.ts';
import { registerErrorHandler } from './http/error-handler.ts';
import { registerFacts } from './http/facts.ts';
import { registerHealth } from './http/health.ts';
import { chooseLoadLimits, registerLoadShedding } from './http/load-shedding.ts';
import { createRouteBinder } from './http/route.ts';
import { registerSecurity } from './http/security.ts';
import { answerUnreadable, readablePath } from './http/unreadable.ts';
import { registerWebApp } from './http/web-app.ts';
import { createIdMaker } from './id-maker.ts';
import { answerMailbox } from './mail/mailbox-page.ts';
import type { Mailbox } from './mail/mailbox.ts';
import type { ErrorReporter } from './observability/error-reporter.ts';
import { FrameworkLog } from './observability/framework-log.ts';
import type { Metrics } from './observability/metrics.ts';
import { registerMetrics } from './observability/routes.ts';
import type { Tracing } from './observability/tracing.ts';
import { registerOpenApi } from './openapi/routes.ts';

export interface AppDependencies {
  readonly config: Config;
  readonly db: Database;
  readonly keyring: Keyring;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly errors: ErrorReporter;
  readonly tracing: Tracing;
  /** Keeps mails in development; undefined when they are sent by SMTP. */
  readonly mailbox: Mailbox | undefined;
  /** The checks of `/readyz` by name. */
  readonly ready: () => Promise<Record<string, boolean>>;
  /** Folder of the built web app; dist/web unless another build is measured. */
  readonly webFolder?: string | undefined;
  /** The number of processes that share the container's memory. */
  readonly processes: number;
}

/** Limits slow connections per client address. A proxy's connection counts for nobody until a request names the address. */
function boundArrivals(app: FastifyInstance, { trustedProxyHops }: Config): Arrivals {
  const arrivals = new Arrivals(app.server, chooseArrivalLimits(), ({ remoteAddress = '' }) =>
    trustedProxyHops === 0 ? toAddressBlock(parseAddress(remoteAddress) ?? '') : undefined,
  );
  app.addHook('onRequest', (request, _reply, done) => {
    arrivals.assign(request.raw.socket, request.addressBlock);
    done();
  });
  return arrivals;
}

function refuseSchemas(): never {
  throw new Error('routes have contracts, not schemas of the web framework');
}

/** Fastify with the limits that hold for every route. */
function createApp({ config, log }: AppDependencies): FastifyInstance {
  const logger: FastifyBaseLogger = new FrameworkLog(log);
  const app = fastify({
    loggerInstance: logger,
    // logRequests writes its own line.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: createIdMaker(),
    // Hop 0 is the socket's own address; counted from there, `trustedProxyHops` addresses are our proxies.
    trustProxy: config.trustedProxyHops > 0 && ((_address, hop) => hop < config.trustedProxyHops),
    bodyLimit: 1024 * 1024,
    // maxParamLength as large as a header: a parameter that is too long answers like a record that does not exist.
    // Duplicate slashes are common in programs that join a base address and a path.
    routerOptions: { maxParamLength: 16_384, ignoreDuplicateSlashes: true },
    // Contracts check requests and answers (route.ts): the framework's own compilers of schemas are not even loaded.
    schemaController: { compilersFactory: { buildValidator: refuseSchemas, buildSerializer: refuseSchemas } },
    rewriteUrl: readablePath,
    clientErrorHandler: answerUnreadable,
    // Long enough for a large file; every other body has less time (Arrivals).
    requestTimeout: 600_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 72_000,
    http: {
      maxHeaderSize: 16_384,
      headersTimeout: 15_000,
      connectionsCheckingInterval: 5000,
      // guardAddress refuses such requests with a problem like every other.
      requireHostHeader: false,
    },
    return503OnClosing: true,
  });
  app.server.maxConnections = 10_000;
  return app;
}

/** Logs one line per request, without addresses and bodies. */
function logRequests(app: FastifyInstance, log: Logger): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { method, pattern, id } = request;
    if (log.isLevelEnabled('info'))
      log.info({
        event: 'request',
        method,
        // The pattern, never the path itself: ids and searches are personal data.
        route: pattern === '' ? 'none' : pattern,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        requestId: id,
      });
    done();
  });
}

function reportFailure({ errors }: AppDependencies, error: unknown, request: FastifyRequest): void {
  const { id, method, routeOptions } = request;
  errors.report(error, { requestId: id, method, route: routeOptions.url ?? 'none' });
}

function bindFeatures(app: FastifyInstance, deps: AppDependencies): void {
  const identity = createIdentity(deps);
  const route = createRouteBinder(app, identity, (refusal) => {
    noteRefusal(deps.db, refusal);
  });
  const context = {
    ...deps,
    contributions,
    confirm: identity.confirm,
    identity,
    strangers: shareAmongStrangers(deps.config.database.poolMax),
    report: (error: unknown, request: FastifyRequest) => {
      reportFailure(deps, error, request);
    },
    beforeClose: (work: () => Promise<void>) => {
      app.addHook('preClose', work);
    },
    afterRequests: (work: () => Promise<void>) => {
      app.addHook('onClose', work);
    },
  };
  for (const feature of features) {
    feature.routes?.(route, context);
    feature.outerRoutes?.(app, context);
  }
}

/** The HTTP application, every feature's routes bound, not yet listening. */
export async function buildApp(deps: AppDependencies): Promise<FastifyInstance> {
  const { config, log, mailbox } = deps;
  const app = createApp(deps);
  registerFacts(app);
  const arrivals = boundArrivals(app, config);
  askForBodies(app);
  registerBodyParser(app);
  registerErrorHandler(app, (error, request) => {
    reportFailure(deps, error, request);
  });
  deps.metrics.observeRequests(app);
  deps.tracing.observeRequests(app);
  deps.metrics.watchLoad(await registerLoadShedding(app, chooseLoadLimits(deps.processes)));
  await registerSecurity(app, config);
  await registerCompression(app);
  // Who needs a cookie reads it (features/auth/cookies.ts).
  await app.register(cookie, { hook: false });
  logRequests(app, log);

  bindFeatures(app, deps);
  // After the features' own hooks, so that event streams end first.
  app.addHook('preClose', (done) => {
    arrivals.drain();
    done();
  });

  registerOpenApi(app, config);
  registerHealth(app, config, deps.ready);
  registerMetrics(app, deps.metrics, config.metricsToken);
  if (mailbox !== undefined)
    app.get('/dev/mailbox', (request, reply) => {
      const { headers, body } = answerMailbox(request.headers.accept, mailbox.list());
      return reply.headers(headers).send(body);
    });
  await registerWebApp(app, deps.webFolder);
  return app;
}
