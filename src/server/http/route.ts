import { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { z } from 'zod';
import { type Contracts, contracts, type RouteKey } from '../../shared/contracts/index.ts';
import { type RouteContract, uuid } from '../../shared/contracts/route.ts';
import type { Locale } from '../../shared/errors.ts';
import { may, type Standing } from '../../shared/permissions.ts';
import { StandingChanged } from '../db/errors.ts';
import { conflict, forbidden, notFound } from '../domain-error.ts';
import type { Actor, Caller } from './actor.ts';
import { sendJson } from './compression.ts';
import './facts.ts';
import { problemOf } from './error-handler.ts';
import { parseIfMatch, type VersionCheck } from './etag.ts';
import { invalidRequest } from './invalid-request.ts';
import { localeOf } from './locale.ts';
import { HttpProblem } from './problem.ts';
import { receiveForm, type UploadedFile } from './upload.ts';

type Parsed<Key extends RouteKey, Name extends string> =
  Contracts[Key] extends Record<Name, infer Schema extends z.ZodType> ? Record<Name, z.output<Schema>> : unknown;

/** What a handler receives: the parsed parts of the request, and who sends it. */
export type Input<Key extends RouteKey> = Parsed<Key, 'params'> &
  Parsed<Key, 'query'> &
  Parsed<Key, 'body'> & {
    readonly actor: Contracts[Key]['access'] extends 'session' ? Actor : undefined;
    readonly caller: Caller;
    /** The language of the response. */
    readonly locale: Locale;
    /** Whether the If-Match header accepts a version of the record; always true for contracts without `ifMatch`. */
    readonly matches: VersionCheck;
    readonly idempotencyKey: string | undefined;
    /** The uploaded `file`; deleted when the handler is done. */
    readonly file: Contracts[Key] extends { consumes: 'multipart/form-data' } ? UploadedFile : undefined;
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
  };

type Body<Key extends RouteKey> = Contracts[Key] extends { response: infer Schema extends z.ZodType }
  ? | { readonly body: z.input<Schema> }
    | { readonly body?: undefined; readonly json: string | Buffer }
    | { readonly body?: undefined; readonly stream: NodeJS.ReadableStream }
  : { readonly body?: undefined };

interface AnswerExtras {
  readonly etag?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A body that is JSON text already, as the database made it, or in UTF-8. */
  readonly json?: string | Buffer;
  /** Another status than the contract's: 200 of a creation that was only tried, 303 where a page is elsewhere. */
  readonly status?: 200 | 303;
  /** A body that is not JSON, for contracts with `produces`, or JSON that is streamed. */
  readonly stream?: Readable;
}

/** What a handler returns. */
export type Answer<Key extends RouteKey> = Body<Key> & AnswerExtras;

export type RouteBinder = <Key extends RouteKey>(key: Key, handle: (input: Input<Key>) => Promise<Answer<Key>>) => void;

/** Finds out who sends a request. */
export interface Identity {
  /** Reads the person from the request's credential. Throws an error that is sent as 401. */
  readonly authenticate: (request: FastifyRequest, caller: Caller) => Promise<Actor>;
  /** Asks the database whether session and standing are still valid. Throws SessionEnded or StandingChanged. */
  readonly confirm: (actor: Actor) => Promise<void>;
  /** Remembers a standing for the person's next requests, whose transactions check it anyway. */
  readonly remember: (actor: Actor, standing: Standing) => void;
}

/** An operation that a signed-in person was refused, or a record that was not shown to them. */
export interface Refusal {
  readonly actor: Actor;
  /** The contract's key: `PATCH /clients/{id}`. */
  readonly operation: RouteKey;
  /** The id in the address. */
  readonly recordId: string | undefined;
  readonly status: 403 | 404;
}

/** Schema for operations without query or body. */
const nothing = z.strictObject({}).optional();

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0);

function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined && isEmpty(value)) return value;
  const result = (schema ?? nothing).safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw invalidRequest(result.error.issues);
}

const small = 16 * 1024;

/** The most bytes of a body. */
const chooseBodyLimit = ({ access, body }: RouteContract): number =>
  access === 'public' || body === undefined ? small : 1024 * 1024;

function parseParams(schema: z.ZodType | undefined, value: unknown): unknown {
  const result = schema?.safeParse(value);
  // An invalid id answers like one that does not exist.
  if (result?.success === false) throw notFound();
  return result?.data;
}

function readIdempotencyKey(request: FastifyRequest, contract: RouteContract): string | undefined {
  if (contract.idempotent === undefined) return undefined;
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) throw new HttpProblem('bad_request');
  return key;
}

/** Throws precondition_required, and stale where a tag is sent for what has none. */
function readIfMatch({ method, headers }: FastifyRequest, { ifMatch }: RouteContract): VersionCheck {
  if (ifMatch === undefined && method !== 'DELETE') return () => true;
  const matches = parseIfMatch(headers['if-match'], ifMatch !== true);
  if (ifMatch === undefined && !matches(undefined)) throw conflict('stale');
  return matches;
}

/** Who sends a request, as the trail names them. */
export const describeCaller = (request: FastifyRequest): Caller => ({
  requestId: request.id,
  address: request.clientAddress,
});

/** Makes the function that registers a contract's handler below `/api/v1`. */
export function createRouteBinder(
  app: FastifyInstance,
  identity: Identity,
  onRefusal: (refusal: Refusal) => void = () => undefined,
): RouteBinder {
  const actors = new WeakMap<FastifyRequest, Actor>();
  /** Tells `onRefusal` before the error is sent. */
  const tellRefusal = (
    error: unknown,
    operation: RouteKey,
    request: FastifyRequest,
    actor: Actor | undefined,
  ): void => {
    const { status } = problemOf(error);
    if (actor === undefined || (status !== 403 && status !== 404)) return;
    const { id } = (request.params ?? {}) as { readonly id?: string };
    onRefusal({ actor, operation, recordId: uuid.safeParse(id).data, status });
  };
  return (key, handle) => {
    const contract: RouteContract = contracts[key];
    const [method = 'GET', path = '/'] = key.split(' ');
    const options: RouteOptions = {
      method,
      url: `/api/v1${path.replace(/\{(\w+)\}/g, ':$1')}`,
      bodyLimit: chooseBodyLimit(contract),
      config: { consumes: contract.consumes, waits: contract.waits },
      // Before the body is read, so that a stranger's body is never received.
      onRequest: async (request) => {
        if (contract.access !== 'session') return;
        const actor = await identity.authenticate(request, describeCaller(request));
        try {
          actors.set(request, contract.consumes === undefined ? actor : await admitSender(actor, contract, identity));
        } catch (error) {
          tellRefusal(error, key, request, actor);
          throw error;
        }
      },
      handler: async (request, reply) => {
        const caller = describeCaller(request);
        const actor = actors.get(request);
        const form = await receiveExpectedForm(request, contract, actor);
        let answer: Answer<typeof key>;
        try {
          const parts = {
            params: parseParams(contract.params, request.params),
            query: parse(contract.query, request.query),
            body: parse(contract.body, form?.fields ?? request.body ?? undefined),
            file: form?.file,
            caller,
            locale: localeOf(request.headers['accept-language']),
            matches: readIfMatch(request, contract),
            idempotencyKey: readIdempotencyKey(request, contract),
            request,
            reply,
          };
          const run = async (as: Actor | undefined) => {
            if (as?.role === 'auditor' && contract.auditors !== true) throw forbidden();
            return handle({ ...parts, actor: as } as unknown as Input<typeof key>);
          };
          answer = await (actor === undefined ? run(undefined) : runAs(actor, run, identity));
        } catch (error) {
          tellRefusal(error, key, request, actor);
          throw error;
        } finally {
          await form?.remove();
        }
        return send(reply, contract, answer);
      },
    };
    if (contract.consumes === undefined) app.route(options);
    else routeForm(app, options);
  };
}

/** A route that takes forms, in a scope of its own: what reads them adds hooks to every route of its scope. */
function routeForm(app: FastifyInstance, options: RouteOptions): void {
  void app.register(async (scope) => {
    await scope.register(multipart);
    scope.route(options);
  });
}

/** Checks in the database that somebody may send a file. Throws SessionEnded, forbidden. @returns them as they stand now */
async function admitSender(actor: Actor, contract: RouteContract, identity: Identity): Promise<Actor> {
  const current = await identity.confirm(actor).then(
    () => actor,
    (error: unknown) => {
      if (error instanceof StandingChanged) return restand(actor, error, identity);
      throw error;
    },
  );
  if (contract.senders !== undefined && !may(current, contract.senders)) throw forbidden();
  return current;
}

function receiveExpectedForm(request: FastifyRequest, contract: RouteContract, actor: Actor | undefined) {
  if (contract.consumes === undefined) return undefined;
  if (actor === undefined) throw new Error('files are taken from people who are signed in');
  return receiveForm(request, { person: actor.professionalId, clinic: actor.clinicId });
}

function restand(actor: Actor, { standing }: StandingChanged, identity: Identity): Actor {
  identity.remember(actor, standing);
  return { ...actor, ...standing };
}

/**
 * Statuses with which a policy refuses before there is a transaction. One that answers 404 then hides what somebody was lent a
 * moment ago until their next request; asking again for every 404 would cost each a second trip.
 */
const refusals: readonly number[] = [403, 422];

/**
 * Runs a handler with the standing that is remembered, and a second time with the current one if that was out of date. The first
 * run changed nothing: its transaction was refused at the start, or a policy refused before there was one.
 */
export async function runAs<Result>(
  actor: Actor,
  run: (as: Actor) => Promise<Result>,
  identity: Identity,
): Promise<Result> {
  try {
    try {
      return await run(actor);
    } catch (error) {
      if (refusals.includes(problemOf(error).status)) await identity.confirm(actor);
      throw error;
    }
  } catch (error) {
    if (error instanceof StandingChanged) return run(restand(actor, error, identity));
    throw error;
  }
}

function send(
  reply: FastifyReply,
  contract: RouteContract,
  answer: AnswerExtras & { readonly body?: unknown },
): FastifyReply {
  if (answer.headers !== undefined) reply.headers(answer.headers);
  if (answer.etag !== undefined) reply.header('etag', answer.etag);
  reply.code(answer.status ?? contract.status);
  if (answer.stream !== undefined) {
    reply.type(addCharset(contract.produces ?? 'application/json; charset=utf-8'));
    if (reply.request.method !== 'HEAD') return reply.send(answer.stream);
    // The body of a HEAD answer is not sent, so do not produce it.
    answer.stream.destroy();
    return reply.send(Readable.from([]));
  }
  const json = answer.json ?? (answer.body === undefined ? undefined : JSON.stringify(answer.body));
  if (json === undefined) return reply.send();
  return sendJson(reply, json, contract.access === 'session');
}

const addCharset = (type: string): string => (type.startsWith('text/') ? `${type}; charset=utf-8` : type);
