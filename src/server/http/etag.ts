import { HttpProblem } from './problem.ts';

/** The strong entity tag of a record's version (RFC 9110 section 8.8.3). */
export const etagOf = (version: number): string => `"${String(version)}"`;

/**
 * Our tag, also as compressing proxies change it: nginx and CDNs make it weak, Apache and Jetty append the coding
 * (`"1-gzip"`, `"1;gzip"`, `"1--gzip"`). It still names the same version, which is all that a change is checked against.
 */
const ours = /^(?:W\/)?"(0|[1-9]\d{0,15})(?:(?:--?|;)(?:gzip|x-gzip|br|zstd|deflate))?"$/;

/** @returns whether the `If-Match` header accepts a version; `*` accepts any. Throws precondition_required without it. */
export function parseIfMatch(header: string | undefined): (version: number) => boolean {
  if (header === undefined || header.trim() === '') throw new HttpProblem('precondition_required');
  if (header.trim() === '*') return () => true;
  const versions = new Set(header.split(',').flatMap((tag) => ours.exec(tag.trim())?.[1] ?? []));
  return (version) => versions.has(String(version));
}
