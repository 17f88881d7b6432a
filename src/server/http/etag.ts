import { HttpProblem } from './problem.ts';

/** The strong entity tag of a record's version (RFC 9110 section 8.8.3). */
export const etagOf = (version: number): string => `"${String(version)}"`;

/**
 * The versions that an `If-Match` header accepts: any for `*`. Throws precondition_required without the header.
 */
export function parseIfMatch(header: string | undefined): (version: number) => boolean {
  if (header === undefined || header.trim() === '') throw new HttpProblem('precondition_required');
  if (header.trim() === '*') return () => true;
  const tags = new Set(header.split(',').map((tag) => tag.trim()));
  return (version) => tags.has(etagOf(version));
}
