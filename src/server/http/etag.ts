import { HttpProblem } from './problem.ts';

/** The strong entity tag of a record's version (RFC 9110 section 8.8.3). */
export const etagOf = (version: number): string => `"${String(version)}"`;

/** What Apache and Jetty append to a tag when they compress: `"1-gzip"`, `"1;gzip"`, `"1--gzip"`. */
const coding = /(?:--?|;)(?:gzip|x-gzip|br|zstd|deflate)$/;

/** Our tag, also as compressing proxies change it: nginx and CDNs make it weak. */
const ours = /^(?:W\/)?"(0|[1-9]\d{0,15})([^"]*)"$/;

/** The version that a tag names. With a coding it is still the same one, which is all that a change is checked against. */
function versionIn(tag: string): string | undefined {
  const [, version, rest = ''] = ours.exec(tag) ?? [];
  return rest.replace(coding, '') === '' ? version : undefined;
}

/** One of the listed tags, which may contain commas themselves (RFC 9110 section 8.8.3). */
const listed = /(?:^|,)[ \t]*(?:W\/)?"([\x21\x23-\x7e\x80-\uffff]*)"[ \t]*(?=,|$)/g;

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

/** Whether a version is one that the `If-Match` header names; undefined: that of a record without versions, which none names. */
export type VersionCheck = (version: number | undefined) => boolean;

/** Reads the `If-Match` header; `*` accepts any version, and so does none where it may be left out. Throws precondition_required. */
export function parseIfMatch(header: string | undefined, isOptional = false): VersionCheck {
  const isMissing = header === undefined || header.trim() === '';
  if (isMissing && !isOptional) throw new HttpProblem('precondition_required');
  if (isMissing || header.trim() === '*') return () => true;
  const versions = new Set(header.split(',').flatMap((tag) => versionIn(tag.trim()) ?? []));
  return (version) => versions.has(String(version));
}
