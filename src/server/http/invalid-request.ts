import { type FieldFault, toFieldFaults } from '../../shared/errors.ts';
import { HttpProblem } from './problem.ts';

/** The most errors in one answer. */
export const maxErrors = 20;
/** The most characters of a path in an answer: an unknown field's name may be as long as the body. */
const longestPath = 200;

const clipped = (fault: FieldFault): FieldFault =>
  fault.path.length <= longestPath
    ? fault
    : { ...fault, path: `${fault.path.slice(0, longestPath).replace(/[\ud800-\udbff]$/, '')}…` };

function firstOfEachPath(faults: readonly FieldFault[]): FieldFault[] {
  const byPath = new Map<string, FieldFault>();
  for (const fault of faults) if (!byPath.has(fault.path)) byPath.set(fault.path, fault);
  return [...byPath.values()];
}

/** A problem that names what is wrong with each field, and says how many more there are. */
export function invalidRequest(issues: Parameters<typeof toFieldFaults>[0]): HttpProblem {
  // The first of each field: what else is wrong with it shows when that is mended.
  const all = firstOfEachPath(toFieldFaults(issues));
  const fields = all.slice(0, maxErrors).map(clipped);
  const more = all.length - fields.length;
  if (more === 0) return new HttpProblem('invalid_request', { fields });
  return new HttpProblem('invalid_request', {
    fields,
    details: { moreErrors: more },
    reason: 'more_errors',
    count: more,
  });
}
