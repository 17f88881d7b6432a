import type { Locale } from '../../../shared/errors.ts';
import { problemOf } from '../../http/error-handler.ts';
import { type HttpProblem, problemBody, problemHeaders } from '../../http/problem.ts';

/** The issue types of http://hl7.org/fhir/issue-type, by the status of the answer. */
const issueTypes: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  406: 'not-supported',
  429: 'throttled',
  503: 'transient',
};

/** FHIR answers parameters that it cannot read with 400 where the API says 422. */
const statusOf = ({ status }: HttpProblem): number => (status === 422 ? 400 : status);

/** The answer to an error (R4, OperationOutcome), in the words that the API has for it. */
export function presentOutcome(error: unknown, locale: Locale) {
  const problem = problemOf(error);
  const status = statusOf(problem);
  const { detail, code, errors } = problemBody(problem, locale);
  const issue = (diagnostics: string, expression?: string) => ({
    severity: 'error',
    code: issueTypes[status] ?? 'exception',
    details: { coding: [{ system: 'urn:acolhe:problem', code }], text: detail },
    diagnostics,
    ...(expression === undefined ? {} : { expression: [expression] }),
  });
  return {
    problem,
    status,
    headers: problemHeaders(problem),
    body: {
      resourceType: 'OperationOutcome',
      issue:
        errors === undefined || errors.length === 0
          ? [issue(detail)]
          : errors.map(({ path, message }) => issue(`${path}: ${message}`, path)),
    },
  };
}
