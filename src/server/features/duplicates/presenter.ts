import type { DuplicatePair } from '../../../shared/contracts/duplicates.ts';
import { presentClientSummary } from '../clients/api.ts';
import type { PairClientRow } from './pair-queries.ts';

const certaintyOf = (score: number): DuplicatePair['certainty'] =>
  score >= 70 ? 'high' : score >= 45 ? 'medium' : 'low';

/** A pair of two rows; its score stays inside. */
export const presentPair = ([older, younger]: readonly [PairClientRow, PairClientRow]): DuplicatePair => ({
  clients: [presentClientSummary(older), presentClientSummary(younger)],
  reasons: older.reasons,
  certainty: certaintyOf(older.score),
});
