import { fieldErrorsOf, type FieldError, type Locale } from '../../shared/errors.ts';
import { HttpProblem } from './problem.ts';

/** Errors that one answer names at most. */
export const mostErrors = 20;
/** Characters of a path in an answer: a name that somebody made up may be as long as the body. */
const longestPath = 200;

const clipped = (error: FieldError): FieldError =>
  error.path.length <= longestPath
    ? error
    : { ...error, path: `${error.path.slice(0, longestPath).replace(/[\ud800-\udbff]$/, '')}…` };

/** A problem that names what is wrong with each field, and says how many more there are. */
export function invalidRequest(issues: Parameters<typeof fieldErrorsOf>[0], locale: Locale): HttpProblem {
  const all = fieldErrorsOf(issues, locale);
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
