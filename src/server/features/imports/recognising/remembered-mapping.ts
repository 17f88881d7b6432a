import { createHash } from 'node:crypto';
import { meaningOf } from '../reading/headers/header-names.ts';
import type { Mapping } from '../reading/columns/columns.ts';

/** A hash of the column names, to recognise a clinic's next file with the same columns. */
export const signatureOf = (headers: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(headers)).digest('base64url');

/**
 * Adapts a remembered mapping so that no data is lost: columns that were ignored then are read by name or kept as `extra`,
 * because they may have values in this file. @returns undefined if nothing of the mapping is left
 */
export function withoutLosses(mapping: Mapping | undefined, headers: readonly string[]): Mapping | undefined {
  const kept = Object.entries(mapping ?? {}).flatMap(([header, meaning]): [string, string][] => {
    if (meaning !== 'ignore' && meaning !== 'extra') return [[header, meaning]];
    const isNamed = headers.includes(header) && (meaningOf(header) ?? 'ignore') !== 'ignore';
    return isNamed ? [] : [[header, 'extra']];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
