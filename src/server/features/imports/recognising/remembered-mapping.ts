import { createHash } from 'node:crypto';
import { meaningOf } from '../reading/headers/header-names.ts';
import type { Mapping } from '../reading/columns/columns.ts';

/** Identifies the columns, so that a clinic's next file with the same ones is recognised. */
export const signatureOf = (headers: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(headers)).digest('base64url');

/**
 * A remembered mapping as far as it loses nothing: what was left out then is read by its own name, or kept as `extra`. Files
 * with the same columns may hold in them what the earlier one did not. Undefined where nothing of it is left.
 */
export function withoutLosses(mapping: Mapping | undefined, headers: readonly string[]): Mapping | undefined {
  const kept = Object.entries(mapping ?? {}).flatMap(([header, meaning]): [string, string][] => {
    if (meaning !== 'ignore' && meaning !== 'extra') return [[header, meaning]];
    const isNamed = headers.includes(header) && (meaningOf(header) ?? 'ignore') !== 'ignore';
    return isNamed ? [] : [[header, 'extra']];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
