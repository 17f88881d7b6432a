import { fieldErrorsOf, type FieldError, type Locale } from '../../shared/errors.ts';
import { HttpProblem } from './problem.ts';

/** The most errors in one answer. */
export const maxErrors = 20;
/** The most characters of a path in an answer: an unknown field's name may be as long as the body. */
const longestPath = 200;

const clipPath = (error: FieldError): FieldError =>
  error.path.length <= longestPath
    ? error
    : { ...error, path: `${error.path.slice(0, longestPath).replace(/[\ud800-\udbff]$/, '')}…` };

function keepFirstOfEachPath(errors: readonly FieldError[]): FieldError[] {
  const byPath = new Map<string, FieldError>();
  for (const error of errors) if (!byPath.has(error.path)) byPath.set(error.path, error);
  return [...byPath.values()];
}

/** Makes an invalid_request problem with one error per field, at most 20, and the number of the rest in `moreErrors`. */
export function invalidRequest(issues: Parameters<typeof fieldErrorsOf>[0], locale: Locale): HttpProblem {
  // Only the first error of each field; the others show once that one is corrected.
  const all = keepFirstOfEachPath(fieldErrorsOf(issues, locale));
  const errors = all.slice(0, maxErrors).map(clipPath);
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
