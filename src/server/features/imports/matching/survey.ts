import { fullNameOf, type Keys, keyKinds, keysOf, type Sharer } from '../../clients/bulk-api.ts';
import type { ImportRow, RejectedRow } from '../reading/rows/rows.ts';
import type { KeyFilter } from './key-filter.ts';

/** Rows that are matched and written together, and what to look up for them. */
export interface Chunk {
  readonly rows: readonly SurveyedRow[];
  /** The keys to look up: those that a stored client or an earlier row may have. */
  readonly wanted: Readonly<Record<keyof Keys, ReadonlySet<string>>>;
  /** For rows with a wanted phone or e-mail: name and birth date, to tell them from others who share it. */
  readonly sharers: readonly Sharer[];
}

export interface SurveyedRow {
  readonly row: ImportRow | RejectedRow;
  /** True when none of its keys is wanted, so no client can match. */
  readonly isNew: boolean;
}

/** Finds out which rows may belong to known clients. Call it for chunks in the order of the file. */
export function survey(rows: readonly (ImportRow | RejectedRow)[], filter: KeyFilter | undefined): Chunk {
  const wanted = {
    document: new Set<string>(),
    phone: new Set<string>(),
    email: new Set<string>(),
    name: new Set<string>(),
  };
  const sharers: Sharer[] = [];
  const surveyed = rows.map((row): SurveyedRow => {
    if ('problems' in row) return { row, isNew: false };
    const keys = keysOf(row.values);
    const known = knownOf(keys, filter);
    for (const kind of keyKinds) {
      const key = known[kind];
      if (key !== undefined) wanted[kind].add(key);
    }
    const { phone, email } = known;
    if (phone !== undefined || email !== undefined)
      sharers.push({ phone, email, name: fullNameOf(row.values), birth: row.values.dateOfBirth ?? null });
    // Not for rows with a name as key: a change can give a client a name that the filter does not know.
    const isNew = keys.name === undefined && [known.document, phone, email].every((key) => key === undefined);
    return { row, isNew };
  });
  return { rows: surveyed, wanted, sharers };
}

/** Those of a row's keys that somebody may have according to the filter; all without a filter. */
function knownOf(keys: Keys, filter: KeyFilter | undefined): Keys {
  const known = (kind: keyof Keys): string | undefined => {
    const key = keys[kind];
    return key === undefined || filter?.add(kind, key) === false ? undefined : key;
  };
  return { document: known('document'), phone: known('phone'), email: known('email'), name: known('name') };
}
