import type { OnConflict } from '../../../../shared/import-choices.ts';
import type { ImportRow } from '../reading/rows/rows.ts';

export interface MatchRules {
  /** The professional who gets the clients. */
  readonly professionalId: string;
  readonly onConflict: OnConflict;
  /** True for a professional's import: it neither changes nor reveals clients of colleagues. */
  readonly ownOnly: boolean;
  /** Who can have clients, by e-mail address in lower case: rows may name them. Empty for a professional's import. */
  readonly owners: ReadonlyMap<string, string>;
  /** The archived clients that the clinic has, by their prints; looked up only for a file that has archived ones. */
  readonly archived: ReadonlySet<string>;
  /** Lines that a person said are not the client they match. */
  readonly apart: ReadonlySet<number>;
  /** True for our own export, in which people who share an e-mail are different people. */
  readonly exact: boolean;
}

/** Whose client a row becomes: whom it names, or else whom the import was started for. */
export const ownerOf = (row: ImportRow, rules: MatchRules): string =>
  rules.owners.get(row.ownerEmail ?? '') ?? rules.professionalId;
