import type { BulkClients, Difference } from '../../clients/bulk-api.ts';
import { type Counts, type Decisions, noRows } from '../matching/decisions.ts';

export interface Written {
  readonly counts: Counts;
  /** Some updates, as examples. */
  readonly sample: readonly Difference[];
}

const sampleSize = 20;

/** Writes decisions in order; calls `report` for each after its writing has begun. Throws ChangedMeanwhile. */
export async function writeDecisions(
  decisions: AsyncIterable<Decisions>,
  clients: BulkClients,
  report: (decisions: Decisions) => Promise<void>,
): Promise<Written> {
  let counts = noRows;
  let writing: Promise<void> = Promise.resolve();
  for await (const chunk of decisions) {
    writing = clients.write(chunk.created, chunk.changed);
    await report(chunk);
    counts = chunk.counts;
  }
  await writing;
  const { unchangedRows, moved, renamed, sample } = await clients.finish(sampleSize);
  // Rows whose changes later rows reverted count as unchanged.
  const updated = counts.updated - unchangedRows;
  return { counts: { ...counts, updated, unchanged: counts.unchanged + unchangedRows, moved, renamed }, sample };
}
