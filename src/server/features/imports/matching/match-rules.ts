import type { OnConflict } from '../../../../shared/import-choices.ts';

export interface MatchRules {
  /** Whose clients they become. */
  readonly professionalId: string;
  readonly onConflict: OnConflict;
  /** A professional's own import neither changes nor tells of clients of colleagues. */
  readonly ownOnly: boolean;
  /** The file is our own export: people who share an e-mail there are different people. */
  readonly exact: boolean;
}
