import { errorCatalogue, type ErrorCode } from '../../shared/contracts/index.ts';
import { fieldError, type Locale } from '../../shared/errors.ts';
import { reasonCatalogue } from '../../shared/errors/reasons.ts';
import type { Problem } from '../../shared/problem.ts';
import type { ErrorFacts } from '../domain-error.ts';

/** `details` become members beside the standard ones (RFC 9457 section 3.2). */
interface ProblemFacts extends ErrorFacts {
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by code that reads requests; sent as application/problem+json. Features throw a DomainError instead. */
export class HttpProblem extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly facts: ProblemFacts;

  constructor(code: ErrorCode, facts: ProblemFacts = {}) {
    super(code, { cause: facts.cause });
    this.name = 'HttpProblem';
    this.code = code;
    this.status = errorCatalogue[code].status;
    this.facts = facts;
  }
}

/** The response headers of a problem. */
export const problemHeaders = ({ facts: { headers, retryAfterSeconds } }: HttpProblem): Record<string, string> => ({
  ...headers,
  ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
});

/** The body of a problem in the language of the request. */
export function problemBody(problem: HttpProblem, locale: Locale, requestId?: string): Problem {
  const { code, status, facts } = problem;
  return {
    type: `urn:acolhe:problem:${code}`,
    title: code.replaceAll('_', ' '),
    status,
    code,
    detail: detailOf(problem, locale),
    ...(requestId === undefined ? {} : { requestId }),
    ...facts.details,
    ...(facts.fields === undefined ? {} : { errors: facts.fields.map((fault) => fieldError(fault, locale)) }),
  };
}

function detailOf({ code, facts }: HttpProblem, locale: Locale): string {
  const { reason, count = 0, retryAfterSeconds = 0 } = facts;
  if (reason === undefined) return errorCatalogue[code][locale];
  const words = reasonCatalogue[reason][locale];
  return words.replace('{n}', String(count)).replace('{wait}', waitIn(locale, retryAfterSeconds));
}

const minute = 60;
const hour = 60 * minute;

/** Formats a waiting time, rounded up: `5 minutos`. */
function waitIn(locale: Locale, seconds: number): string {
  const [unit, size] = seconds < minute ? ['second', 1] : seconds < hour ? ['minute', minute] : ['hour', hour];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.ceil(seconds / size));
}
