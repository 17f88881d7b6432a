import type { DuplicatePair } from '../../../shared/contracts/duplicates.ts';
import { presentClientSummary } from '../clients/api.ts';
import type { PairClientRow } from './pair-queries.ts';

const rateCertainty = (score: number): DuplicatePair['certainty'] =>
  score >= 70 ? 'high' : score >= 45 ? 'medium' : 'low';

/** Makes a pair of its two rows. Answers have a level of certainty instead of the score. */
export const presentPair = ([older, younger]: readonly [PairClientRow, PairClientRow]): DuplicatePair => ({
  clients: [presentClientSummary(older), presentClientSummary(younger)],
  reasons: older.reasons,
  certainty: rateCertainty(older.score),
});
