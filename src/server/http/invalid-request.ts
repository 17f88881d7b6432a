import { type FieldFault, toFieldFaults } from '../../shared/errors.ts';
import { HttpProblem } from './problem.ts';

/** The most errors in one answer. */
export const maxErrors = 20;
/** The most characters of a path in an answer: an unknown field's name may be as long as the body. */
const longestPath = 200;

const clipPath = (fault: FieldFault): FieldFault =>
  fault.path.length <= longestPath
    ? fault
    : { ...fault, path: `${fault.path.slice(0, longestPath).replace(/[\ud800-\udbff]$/, '')}…` };

function keepFirstOfEachPath(faults: readonly FieldFault[]): FieldFault[] {
  const byPath = new Map<string, FieldFault>();
  for (const fault of faults) if (!byPath.has(fault.path)) byPath.set(fault.path, fault);
  return [...byPath.values()];
}

/** Makes an invalid_request problem with one error per field, at most 20, and the number of the rest in `moreErrors`. */
export function invalidRequest(issues: Parameters<typeof toFieldFaults>[0]): HttpProblem {
  // Only the first error of each field; the others show once that one is corrected.
  const all = keepFirstOfEachPath(toFieldFaults(issues));
  const fields = all.slice(0, maxErrors).map(clipPath);
  const more = all.length - fields.length;
  if (more === 0) return new HttpProblem('invalid_request', { fields });
  return new HttpProblem('invalid_request', {
    fields,
    details: { moreErrors: more },
    reason: 'more_errors',
    count: more,
  });
}
