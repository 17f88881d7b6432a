import { errorCatalogue, type ErrorCode } from '../../shared/contracts/index.ts';
import type { FieldError, Locale } from '../../shared/errors.ts';
import type { Problem } from '../../shared/problem.ts';

export interface ProblemOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of the catalogue's words, when more can be said. */
  readonly detail?: Readonly<Record<Locale, string>>;
  /** Members beside the standard ones (RFC 9457 section 3.2). */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly FieldError[];
  readonly cause?: unknown;
}

/** Thrown anywhere below a route; answered as application/problem+json. */
export class HttpProblem extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly options: ProblemOptions;

  constructor(code: ErrorCode, options: ProblemOptions = {}) {
    super(code, { cause: options.cause });
    this.name = 'HttpProblem';
    this.code = code;
    this.status = errorCatalogue[code].status;
    this.options = options;
  }
}

/** The body of a problem in the language of the request. */
export function problemBody(problem: HttpProblem, locale: Locale, requestId?: string): Problem {
  const { code, status, options } = problem;
  return {
    type: `urn:acolhe:problem:${code}`,
    title: code.replaceAll('_', ' '),
    status,
    code,
    detail: (options.detail ?? errorCatalogue[code])[locale],
    ...(requestId === undefined ? {} : { requestId }),
    ...options.extensions,
    ...(options.errors === undefined ? {} : { errors: options.errors }),
  };
}
