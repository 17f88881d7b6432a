import { toFieldErrors, type FieldError, type Locale } from '../../shared/errors.ts';
import { HttpProblem } from './problem.ts';

/** Errors that one answer names at most. */
export const mostErrors = 20;
/** Characters of a path in an answer: a name that somebody made up may be as long as the body. */
const longestPath = 200;

const clipped = (error: FieldError): FieldError =>
  error.path.length <= longestPath
    ? error
    : { ...error, path: `${error.path.slice(0, longestPath).replace(/[\ud800-\udbff]$/, '')}…` };

function firstOfEachPath(errors: readonly FieldError[]): FieldError[] {
  const byPath = new Map<string, FieldError>();
  for (const error of errors) if (!byPath.has(error.path)) byPath.set(error.path, error);
  return [...byPath.values()];
}

/** A problem that names what is wrong with each field, and says how many more there are. */
export function invalidRequest(issues: Parameters<typeof toFieldErrors>[0], locale: Locale): HttpProblem {
  // The first of each field: what else is wrong with it shows when that is mended.
  const all = firstOfEachPath(toFieldErrors(issues, locale));
  const errors = all.slice(0, mostErrors).map(clipped);
  const more = all.length - errors.length;
  if (more === 0) return new HttpProblem('invalid_request', { errors });
  return new HttpProblem('invalid_request', {
    errors,
    extensions: { moreErrors: more },
    detail: {
      'pt-BR': `Alguns dados precisam de correção. Além dos listados, há mais ${String(more)}.`,
      en: `Some data needs correcting. There are ${String(more)} more besides those listed.`,
    },
  });
}
