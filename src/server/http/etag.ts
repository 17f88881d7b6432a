import { HttpProblem } from './problem.ts';

/** The strong entity tag of a record's version (RFC 9110 section 8.8.3). */
export const etagOf = (version: number): string => `"${String(version)}"`;

/**
 * Our tag, also as compressing proxies change it: nginx and CDNs make it weak, Apache and Jetty append the coding
 * (`"1-gzip"`, `"1;gzip"`, `"1--gzip"`). It still names the same version, which is all that a change is checked against.
 */
const ours = /^(?:W\/)?"(0|[1-9]\d{0,15})(?:(?:--?|;)(?:gzip|x-gzip|br|zstd|deflate))?"$/;

/** One of the listed tags, which may contain commas themselves (RFC 9110 section 8.8.3). */
const listed = /(?:^|,)[ \t]*(?:W\/)?"([\x21\x23-\x7e\x80-\uffff]*)"[ \t]*(?=,|$)/g;
const coding = /(?:--?|;)(?:gzip|x-gzip|br|zstd|deflate)$/;

/**
 * Whether the `If-None-Match` header names what would be answered, so that 304 is enough. Weak tags count like strong ones
 * (RFC 9110 section 13.1.2), and so does a tag to which a compressing proxy appended the coding.
 */
export function isUnchanged(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const current = etag.replace(/^W\//, '').slice(1, -1);
  return [...header.matchAll(listed)].some(([, tag = '']) => tag === current || tag.replace(coding, '') === current);
}

/** @returns whether the `If-Match` header accepts a version; `*` accepts any. Throws precondition_required without it. */
export function parseIfMatch(header: string | undefined): (version: number) => boolean {
  if (header === undefined || header.trim() === '') throw new HttpProblem('precondition_required');
  if (header.trim() === '*') return () => true;
  const versions = new Set(header.split(',').flatMap((tag) => ours.exec(tag.trim())?.[1] ?? []));
  return (version) => versions.has(String(version));
}
