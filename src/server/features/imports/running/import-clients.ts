import { setImmediate as turn } from 'node:timers/promises';
import type { ImportRow, RejectedRow, RowProblem, RowProblemCode, TextField } from '../reading/rows/rows.ts';
import { createKeyFilter } from '../matching/create-key-filter.ts';
import type { KeyFilter } from '../matching/key-filter.ts';
import { fullNameOf, type Keys, keysOf, type KnownClient } from '../engine/known-client.ts';
import type { Sharer } from '../engine/look-up-queries.ts';
import { TaskQueue } from './task-queue.ts';
import type { MatchRules } from '../matching/match-rules.ts';
import { applyRow, type Outcome } from '../matching/matcher.ts';
import type { Difference, ImportStore } from '../engine/store.ts';
import { WorkingSet } from '../matching/working-set.ts';

export interface Counts {
  processed: number;
  created: number;
  updated: number;
  unchanged: number;
  /** How many clients came from another professional; only known at the end. */
  moved: number;
  conflicts: number;
  rejected: number;
}

/** A row that was not taken. */
export interface Reject {
  readonly line: number;
  readonly kind: 'rejected' | 'conflict';
  readonly cells: readonly string[];
  readonly problems: readonly RowProblem[];
  /** The client that a conflicting row matched. */
  readonly clientId: string | undefined;
}

export type RowBatches = AsyncIterable<readonly (ImportRow | RejectedRow)[]>;

export interface ImportRequest {
  readonly rows: RowBatches;
  readonly store: ImportStore;
  readonly rules: MatchRules;
  /** Roughly how many rows the source has; decides how stored clients are looked up. */
  readonly expectedRows: number;
  readonly limit: number | undefined;
  /** The column of a field in the file, from 1; 0 if there is none. */
  readonly columnOf: (field: TextField) => number;
  /** Called after every few thousand rows, with those that were refused. */
  readonly onProgress: (counts: Readonly<Counts>, rejects: readonly Reject[]) => Promise<void>;
}

export interface ImportResult {
  readonly counts: Readonly<Counts>;
  readonly sample: readonly Difference[];
}

const chunkSize = 4000;
/** Characters of its cells: rows may be a thousand times as long as usual. */
const chunkWeight = 4 * 1024 * 1024;
/** Between so many, the database's answers and other requests have their turn. */
const rowsPerTurn = 200;
const sampleSize = 20;

/**
 * Matches rows with the clients of the clinic and writes the changes in the store's transaction; the caller commits, or rolls
 * back when this throws. While the database writes one chunk, the next ones are read and matched: memory holds four of them
 * at most.
 */
export async function importClients(request: ImportRequest): Promise<ImportResult> {
  const statements = new TaskQueue();
  try {
    return await importInto(statements, request);
  } catch (error) {
    // Nothing may be written after the caller has rolled back.
    await statements.stop();
    throw error;
  }
}

async function importInto(statements: TaskQueue, request: ImportRequest): Promise<ImportResult> {
  const { store } = request;
  const run = new Run(request, await createKeyFilter(request.store, request.expectedRows));
  const chunks = chunksOf(request.rows, request.limit)[Symbol.asyncIterator]();
  let writing: Promise<void> = Promise.resolve();
  const next = async (): Promise<Chunk | undefined> => {
    const rows = await nextOf(chunks);
    return rows && run.survey(rows);
  };
  const find = ({ wanted, sharers }: Chunk) => statements.run(() => store.find(wanted, sharers));
  let current = await next();
  let found = current && find(current);
  while (current !== undefined) {
    const upcoming = await next();
    // Looked up before this chunk is written, and after the one before it: what this one changes is passed on in memory.
    const foundNext = upcoming && find(upcoming);
    const { created, changed, rejects } = await run.decide(current, (await found) ?? [], upcoming);
    writing = statements.run(() => store.write(created, changed));
    await request.onProgress(run.counts, rejects);
    current = upcoming;
    found = foundNext;
  }
  await writing;
  const { unchangedRows, moved, sample } = await store.finish(sampleSize);
  return { counts: run.settle(unchangedRows, moved), sample };
}

async function nextOf<T>(iterator: AsyncIterator<T>): Promise<T | undefined> {
  const step = await iterator.next();
  return step.done === true ? undefined : step.value;
}

async function* chunksOf(rows: RowBatches, limit = Infinity): AsyncGenerator<(ImportRow | RejectedRow)[]> {
  let chunk: (ImportRow | RejectedRow)[] = [];
  let weight = 0;
  let left = limit;
  for await (const batch of rows) {
    for (const row of batch) {
      if (left-- <= 0) break;
      chunk.push(row);
      for (const cell of row.cells) weight += cell.length;
      if (chunk.length < chunkSize && weight < chunkWeight) continue;
      yield chunk;
      chunk = [];
      weight = 0;
    }
    if (left <= 0) break;
  }
  if (chunk.length > 0) yield chunk;
}

/** Rows that are matched and written together. */
interface Chunk {
  readonly rows: readonly (ImportRow | RejectedRow)[];
  /** The keys that a stored client or an earlier row may have. */
  readonly wanted: Readonly<Record<keyof Keys, ReadonlySet<string>>>;
  /** Of the rows with a wanted phone or e-mail, what tells them from others who share it. */
  readonly sharers: readonly Sharer[];
  /** For each row, whether none of its keys is wanted. */
  readonly isNew: readonly boolean[];
}

class Run {
  readonly counts: Counts = {
    processed: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    moved: 0,
    conflicts: 0,
    rejected: 0,
  };
  readonly #request: ImportRequest;
  readonly #filter: KeyFilter | undefined;
  /** The clients of the previous chunk: the look-up for this chunk did not see its changes. */
  #known: WorkingSet | undefined;

  constructor(request: ImportRequest, filter: KeyFilter | undefined) {
    this.#request = request;
    this.#filter = filter;
  }

  /** Finds out which rows can be of clients that are known. Chunks come in the order of the file. */
  survey(rows: readonly (ImportRow | RejectedRow)[]): Chunk {
    const wanted = {
      document: new Set<string>(),
      phone: new Set<string>(),
      email: new Set<string>(),
      name: new Set<string>(),
    };
    const sharers: Sharer[] = [];
    const isNew = rows.map((row) => {
      if ('problems' in row) return false;
      const { document, phone, email, name } = keysOf(row.values);
      const knownDocument = document !== undefined && this.#mayBeKnown(`0${document}`);
      const knownPhone = phone !== undefined && this.#mayBeKnown(`1${phone}`);
      const knownEmail = email !== undefined && this.#mayBeKnown(`2${email}`);
      if (knownDocument) wanted.document.add(document);
      if (knownPhone) wanted.phone.add(phone);
      if (knownEmail) wanted.email.add(email);
      if (name !== undefined && this.#mayBeKnown(`3${name}`)) wanted.name.add(name);
      if (knownPhone || knownEmail)
        sharers.push({
          phone: knownPhone ? phone : undefined,
          email: knownEmail ? email : undefined,
          name: fullNameOf(row.values),
          birth: row.values.dateOfBirth ?? null,
        });
      // A change can give a client a name that no row has.
      return name === undefined && !knownDocument && !knownPhone && !knownEmail;
    });
    return { rows, wanted, sharers, isNew };
  }

  #mayBeKnown(key: string): boolean {
    return this.#filter?.add(key) ?? true;
  }

  async decide(
    current: Chunk,
    found: readonly KnownClient[],
    upcoming: Chunk | undefined,
  ): Promise<{ created: KnownClient[]; changed: KnownClient[]; rejects: Reject[] }> {
    const { rows, isNew } = current;
    // Rows after the upcoming ones find these clients in the database.
    const isWanted = (kind: keyof Keys, key: string): boolean =>
      kind === 'name' || current.wanted[kind].has(key) || upcoming?.wanted[kind].has(key) === true;
    const known = new WorkingSet(isWanted, this.#known);
    this.#known = known;
    for (const client of found) if (!known.has(client.id)) known.add(client);
    const created: KnownClient[] = [];
    const changed = new Set<KnownClient>();
    const rejects: Reject[] = [];
    for (const [at, row] of rows.entries()) {
      this.counts.processed += 1;
      if (this.counts.processed % rowsPerTurn === 0) await turn();
      if ('problems' in row) {
        this.counts.rejected += 1;
        rejects.push({ ...row, kind: 'rejected', clientId: undefined });
        continue;
      }
      const outcome = applyRow(row, isNew[at] === true, known, this.#request.rules);
      this.#count(outcome);
      if (outcome.kind === 'created') created.push(outcome.client);
      else if (outcome.kind === 'updated') changed.add(outcome.client);
      else if (outcome.kind === 'conflict') rejects.push(this.#reject(row, outcome, 'conflict', outcome.client?.id));
      else if (outcome.kind === 'rejected') rejects.push(this.#reject(row, outcome, 'rejected', undefined));
    }
    // A client that is new is written once, with all its changes.
    const stored = [...changed].filter(({ version }) => version > 0);
    for (const client of created) client.version = 1;
    return { created, changed: stored, rejects };
  }

  /** The final counts: rows whose changes later rows reverted count as unchanged. */
  settle(unchangedRows: number, moved: number): Counts {
    this.counts.updated -= unchangedRows;
    this.counts.unchanged += unchangedRows;
    this.counts.moved = moved;
    return this.counts;
  }

  #count({ kind }: Outcome): void {
    this.counts[kind === 'conflict' ? 'conflicts' : kind] += 1;
  }

  #reject(
    row: ImportRow,
    { field, code }: { readonly field: TextField | undefined; readonly code: RowProblemCode },
    kind: Reject['kind'],
    clientId: string | undefined,
  ): Reject {
    const value = (field && row.values[field]) ?? '';
    const problems = [{ column: field === undefined ? 0 : this.#request.columnOf(field), code, value }];
    return { line: row.line, kind, cells: row.cells, problems, clientId };
  }
}
