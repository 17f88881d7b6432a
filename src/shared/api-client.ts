import type { z } from 'zod';
import type { Contracts, RouteKey } from './contracts/index.ts';
import type { Problem } from './problem.ts';

type BodyOf<Key extends RouteKey> = Contracts[Key] extends { consumes: 'multipart/form-data' }
  ? { readonly body: FormData }
  : Contracts[Key] extends { body: infer Schema extends z.ZodType }
    ? undefined extends z.input<Schema>
      ? { readonly body?: z.input<Schema> }
      : { readonly body: z.input<Schema> }
    : unknown;

type Part<Key extends RouteKey, Name extends string> =
  Contracts[Key] extends Record<Name, infer Schema extends z.ZodType> ? Record<Name, z.input<Schema>> : unknown;

/** What an operation is called with: the contract's `params`, `query` and `body`, and request headers. */
export type RequestOf<Key extends RouteKey> = Part<Key, 'params'> &
  (Contracts[Key] extends { query: z.ZodType } ? Partial<Part<Key, 'query'>> : unknown) &
  BodyOf<Key> & { readonly headers?: Record<string, string>; readonly signal?: AbortSignal };

export type ResponseOf<Key extends RouteKey> = Contracts[Key] extends { response: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : undefined;

export interface ApiAnswer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
  readonly etag: string | undefined;
}

/** A problem the server answered with, thrown. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;
  readonly headers: Headers;

  constructor(problem: Problem, headers: Headers) {
    super(problem.detail);
    this.name = 'ApiError';
    this.status = problem.status;
    this.problem = problem;
    this.headers = headers;
  }
}

type QueryValue = string | number | boolean | undefined;

interface Parts {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, QueryValue | readonly QueryValue[]>;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

export interface ApiClientOptions {
  /** Origin of the API, without `/api/v1`; empty for the same origin. */
  readonly baseUrl: string;
  /** Headers sent with every request, read anew each time. */
  readonly headers?: () => Record<string, string>;
  readonly fetch?: typeof fetch;
}

export type ApiClient = <Key extends RouteKey>(
  key: Key,
  ...request: object extends RequestOf<Key> ? [RequestOf<Key>?] : [RequestOf<Key>]
) => Promise<ApiAnswer<ResponseOf<Key>>>;

function buildUrl(baseUrl: string, path: string, parts: Parts): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parts.params?.[name] ?? '';
    // fetch would drop an empty segment, `.` and `..` from the URL, which would then name another operation.
    if (/^\.{0,2}$/.test(value)) throw new TypeError(`${name} cannot be ${JSON.stringify(value)} in ${path}`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(parts.query ?? {}))
    for (const value of [values].flat()) if (value !== undefined && value !== '') query.append(name, String(value));
  const suffix = query.size === 0 ? '' : `?${query.toString()}`;
  return `${baseUrl}/api/v1${filled}${suffix}`;
}

/** Typed calls by contract key: `call('GET /clients/{id}', { params: { id } })`. Throws ApiError for any problem. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const send = options.fetch ?? fetch;
  return async (key, ...request) => {
    const parts = (request[0] ?? {}) as Parts;
    const [method = 'GET', path = '/'] = key.split(' ');
    const response = await send(buildUrl(options.baseUrl, path, parts), {
      method,
      credentials: 'include',
      headers: {
        // For a form, fetch sets the content type with its boundary.
        ...(parts.body === undefined || parts.body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...options.headers?.(),
        ...parts.headers,
      },
      ...(parts.body === undefined
        ? {}
        : { body: parts.body instanceof FormData ? parts.body : JSON.stringify(parts.body) }),
      ...(parts.signal === undefined ? {} : { signal: parts.signal }),
    });
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok) throw new ApiError(await readProblem(response, type), response.headers);
    const body: unknown =
      response.status === 204 ? undefined : type.includes('json') ? await response.json() : await response.text();
    return {
      status: response.status,
      body: body as never,
      headers: response.headers,
      etag: response.headers.get('etag') ?? undefined,
    };
  };
}

/** The problem in an answer; an answer of something else, such as a proxy, gets a code by its status. */
async function readProblem(response: Response, type: string): Promise<Problem> {
  if (type.includes('problem+json')) return (await response.json()) as Problem;
  const code = response.status >= 500 ? 'unavailable' : 'bad_request';
  return {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    code,
    detail: `HTTP ${response.status}`,
  };
}
