import { HttpProblem } from './problem.ts';

/** The strong entity tag of a record's version (RFC 9110 section 8.8.3). */
export const etagOf = (version: number): string => `"${String(version)}"`;

/**
 * A tag of ours, also as proxies hand it on: nginx and CDNs that compress call it weak, Apache and Jetty append the coding
 * (`"1-gzip"`, `"1;gzip"`, `"1--gzip"`). It names the same version, and a version is all that a change is checked against.
 */
const ours = /^(?:W\/)?"(0|[1-9]\d{0,15})(?:(?:--?|;)(?:gzip|x-gzip|br|zstd|deflate))?"$/;

/**
 * The versions that an `If-Match` header accepts: any for `*`. Throws precondition_required without the header.
 */
export function parseIfMatch(header: string | undefined): (version: number) => boolean {
  if (header === undefined || header.trim() === '') throw new HttpProblem('precondition_required');
  if (header.trim() === '*') return () => true;
  const versions = new Set(header.split(',').flatMap((tag) => ours.exec(tag.trim())?.[1] ?? []));
  return (version) => versions.has(String(version));
}
