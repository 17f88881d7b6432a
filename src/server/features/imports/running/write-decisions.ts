import type { BulkClients, Difference } from '../../clients/bulk-api.ts';
import type { Booked, Bookings } from '../agenda/bookings.ts';
import { type Counts, type Decisions, noRows } from '../matching/decisions.ts';

export interface Written {
  readonly counts: Counts;
  /** Some updates, as examples. */
  readonly sample: readonly Difference[];
}

interface Writing {
  readonly clients: BulkClients;
  /** Undefined for a list of clients without appointments. */
  readonly bookings: Bookings | undefined;
  readonly report: (decisions: Pick<Decisions, 'counts' | 'rejects'>) => Promise<void>;
}

const sampleSize = 20;

/** Writes decisions in order; calls `report` for each after its writing has begun. Throws ChangedMeanwhile. */
export async function writeDecisions(
  decisions: AsyncIterable<Decisions>,
  { clients, bookings, report }: Writing,
): Promise<Written> {
  let counts = noRows;
  let writing: Promise<void> = Promise.resolve();
  for await (const chunk of decisions) {
    writing = clients.write(chunk.created, chunk.changed);
    await report(chunk);
    counts = chunk.counts;
    // All of them are still to come, so they are only noted.
    await bookings?.take(chunk.appointments);
  }
  await writing;
  const { unchangedRows, moved, renamed, sample } = await clients.finish(sampleSize);
  // Rows whose changes later rows reverted count as unchanged.
  const updated = counts.updated - unchangedRows;
  const written = { ...counts, updated, unchanged: counts.unchanged + unchangedRows, moved, renamed };
  if (bookings === undefined) return { counts: written, sample };
  const { booked, standing, rejects } = await bookings.finish();
  const all = { ...written, booked, standing, unbooked: written.unbooked + rejects.length };
  await report({ counts: all, rejects });
  return { counts: all, sample };
}

/** Books a list of appointments: what is past as it comes, the others at the end. Calls `report` for each part. */
export async function writeAppointments(
  decisions: AsyncIterable<Decisions>,
  bookings: Bookings,
  report: Writing['report'],
): Promise<Written> {
  let counts = noRows;
  let booked = 0;
  let standing = 0;
  let conflicts = 0;
  const add = (part: Booked): Counts => {
    booked += part.booked;
    standing += part.standing;
    conflicts += part.rejects.length;
    return { ...counts, booked, standing, unchanged: standing, conflicts: counts.conflicts + conflicts };
  };
  for await (const chunk of decisions) {
    counts = chunk.counts;
    const part = await bookings.take(chunk.appointments);
    await report({ counts: add(part), rejects: inOrder([...chunk.rejects, ...part.rejects]) });
  }
  const rest = await bookings.finish();
  const all = add(rest);
  await report({ counts: all, rejects: rest.rejects });
  return { counts: all, sample: [] };
}

const inOrder = (rejects: Decisions['rejects']): Decisions['rejects'] => [...rejects].sort((a, b) => a.line - b.line);
