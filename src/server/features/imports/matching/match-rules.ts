import type { OnConflict } from '../../../../shared/import-choices.ts';

export interface MatchRules {
  /** The professional who gets the clients. */
  readonly professionalId: string;
  readonly onConflict: OnConflict;
  /** True for a professional's import: it neither changes nor reveals clients of colleagues. */
  readonly ownOnly: boolean;
  /** Lines that a person said are not the client they match. */
  readonly apart: ReadonlySet<number>;
  /** True for our own export, in which people who share an e-mail are different people. */
  readonly exact: boolean;
}
