import { randomUUID } from 'node:crypto';
import {
  createEventEnvelope,
  createTransport,
  type Event,
  type Exception,
  getEnvelopeEndpointWithUrlEncodedAuth,
  makeDsn,
} from '@sentry/core';
import type { Logger } from 'pino';
import type { ErrorReporter, Where } from './error-reporter.ts';
import { safeError, type SafeError } from './safe-error.ts';

interface SentryOptions {
  readonly dsn: string;
  readonly release: { readonly version: string; readonly commit: string };
  readonly environment: string;
  readonly log: Logger;
}

/** Milliseconds in which an error of one place is sent once, and at most `mostInPeriod` different ones. */
const period = 60_000;
const mostInPeriod = 20;

/**
 * Sends errors in Sentry's protocol. Its client is left out on purpose: it collects whatever it finds about request,
 * machine and console, while an event here contains only what is written below.
 */
export function createSentryReporter({ dsn, release, environment, log }: SentryOptions): ErrorReporter {
  const components = makeDsn(dsn);
  if (components === undefined) throw new Error('SENTRY_DSN is no DSN');
  const address = getEnvelopeEndpointWithUrlEncodedAuth(components, undefined);
  const sdk = { sdk: { name: 'acolhe', version: release.version, settings: { infer_ip: 'never' as const } } };
  const transport = createTransport({ recordDroppedEvent: () => undefined }, async ({ body }) => {
    const answer = await fetch(address, {
      method: 'POST',
      body: body as string,
      headers: { 'content-type': 'application/x-sentry-envelope' },
      redirect: 'error',
      signal: AbortSignal.timeout(5000),
    });
    await answer.body?.cancel();
    if (!answer.ok) log.warn({ event: 'error_report_failed', status: answer.status }, 'an error was not reported');
    return {
      statusCode: answer.status,
      headers: {
        'x-sentry-rate-limits': answer.headers.get('x-sentry-rate-limits'),
        'retry-after': answer.headers.get('retry-after'),
      },
    };
  });
  const isNew = createDeduplicator();
  return {
    report(error, where) {
      const safe = safeError(error);
      if (!isNew(JSON.stringify([safe.type, safe.code, safe.frames[0], where.route, where.task]))) return;
      const event: Event = {
        event_id: randomUUID().replaceAll('-', ''),
        timestamp: Date.now() / 1000,
        platform: 'node',
        level: 'error',
        release: `acolhe@${release.version}+${release.commit}`,
        environment,
        ...describe(where),
        contexts: { runtime: { name: 'node', version: process.version } },
        exception: { values: exceptionsOf(safe) },
      };
      Promise.resolve(transport.send(createEventEnvelope(event, components, sdk))).catch((reason: unknown) => {
        log.warn({ event: 'error_report_failed', err: reason }, 'an error was not reported');
      });
    },
    close: async () => {
      await transport.flush(2000);
    },
  };
}

function describe({ requestId, method, route, task }: Where): Pick<Event, 'transaction' | 'tags'> {
  const transaction = task ?? [method, route].filter((part) => part !== undefined).join(' ');
  return {
    ...(transaction === '' ? {} : { transaction }),
    tags: requestId === undefined ? {} : { request_id: requestId },
  };
}

/** Sentry expects causes before the errors they caused, and the outermost call first. */
function exceptionsOf({ cause, ...error }: SafeError): Exception[] {
  const { type, code, message, table, column, constraint } = error;
  const names = [code, table, column, constraint].filter((part) => part !== undefined);
  const exception: Exception = {
    type,
    value: [message, ...names].filter((part) => part !== undefined).join(' · '),
    stacktrace: {
      frames: error.frames.toReversed().map((frame) => ({
        ...(frame.function === undefined ? {} : { function: frame.function }),
        filename: frame.file,
        lineno: frame.line,
        colno: frame.column,
        in_app: frame.own,
      })),
    },
  };
  return [...(cause === undefined ? [] : exceptionsOf(cause)), exception];
}

/** Makes a function that tells whether a key is new in this period: one fault under load must not become a million events. */
function createDeduplicator(): (key: string) => boolean {
  const seen = new Set<string>();
  let begun = 0;
  return (key) => {
    if (performance.now() - begun > period) {
      seen.clear();
      begun = performance.now();
    }
    if (seen.has(key) || seen.size >= mostInPeriod) return false;
    seen.add(key);
    return true;
  };
}
