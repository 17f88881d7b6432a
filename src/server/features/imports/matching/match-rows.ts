import type { TextField } from '../../../../shared/client-fields.ts';
import { setImmediate as turn } from 'node:timers/promises';
import type { BulkClients, Keys, KnownClient } from '../../clients/bulk-api.ts';
import type { ImportRow, RejectedRow, RowProblemCode } from '../reading/rows/rows.ts';
import type { NextAppointments } from '../agenda/next-appointments.ts';
import { type Counts, type Decisions, noRows, type Reject, type WantedAppointment } from './decisions.ts';
import { loadKeyFilter } from './load-key-filter.ts';
import type { MatchRules } from './match-rules.ts';
import { applyRow, type Outcome } from './matcher.ts';
import { spellRowTags } from './spell-row-tags.ts';
import { type Chunk, survey } from './survey.ts';
import { WorkingSet } from './working-set.ts';

export interface MatchRequest {
  readonly rules: MatchRules;
  /** The approximate number of rows; decides how stored clients are looked up. */
  readonly expectedRows: number;
  readonly limit: number | undefined;
  /** The file's column of a field, from 1; 0 if there is none. */
  readonly columnOf: (field: TextField) => number;
  /** For a list of clients with the next appointment of each. */
  readonly next?: NextAppointments | undefined;
  /** Rows that are matched and written together. */
  readonly rowsPerChunk?: number;
}

const rowsPerChunk = 4000;
/** The most characters of cells in a chunk, because rows may be a thousand times as long as usual. */
const chunkWeight = 4 * 1024 * 1024;
/** After so many rows, other work of this process gets its turn. */
const rowsPerTurn = 200;

/**
 * Matches rows with the clients of the clinic, in chunks of a few thousand rows. The caller has to write the decisions in order,
 * each before asking for the next. While the database writes, the next rows are read and matched. At most four chunks are in
 * memory.
 */
export async function* matchRows(
  rows: AsyncIterable<readonly (ImportRow | RejectedRow)[]>,
  clients: BulkClients,
  request: MatchRequest,
): AsyncGenerator<Decisions> {
  const filter = await loadKeyFilter(clients, request.expectedRows);
  const matching = new Matching(request);
  const chunks = chunksOf(rows, request);
  const next = async (): Promise<Chunk | undefined> => {
    const step = await chunks.next();
    return step.done === true ? undefined : survey(await spellRowTags(step.value, clients), filter);
  };
  const find = ({ wanted, sharers }: Chunk) => clients.find(wanted, sharers);
  let current = await next();
  let found = current && find(current);
  while (current !== undefined) {
    const upcoming = await next();
    // This look-up runs before the current chunk is written, so the current chunk's changes are passed on in memory.
    const foundNext = upcoming && find(upcoming);
    yield await matching.decide(current, (await found) ?? [], upcoming);
    current = upcoming;
    found = foundNext;
  }
}

export async function* chunksOf<Row extends { readonly cells: readonly string[] }>(
  rows: AsyncIterable<readonly Row[]>,
  { limit = Infinity, rowsPerChunk: most = rowsPerChunk }: Pick<MatchRequest, 'limit' | 'rowsPerChunk'>,
): AsyncGenerator<Row[], undefined> {
  let chunk: Row[] = [];
  let weight = 0;
  let left = limit;
  for await (const batch of rows) {
    for (const row of batch) {
      if (left-- <= 0) break;
      chunk.push(row);
      for (const cell of row.cells) weight += cell.length;
      if (chunk.length < most && weight < chunkWeight) continue;
      yield chunk;
      chunk = [];
      weight = 0;
    }
    if (left <= 0) break;
  }
  if (chunk.length > 0) yield chunk;
}

/** The state of matching, from the first row to the last. */
class Matching {
  readonly #request: MatchRequest;
  readonly #counts: { -readonly [Count in keyof Counts]: number } = { ...noRows };
  /** The clients of the previous chunk: the look-up for this chunk did not see its changes. */
  #known: WorkingSet | undefined;

  constructor(request: MatchRequest) {
    this.#request = request;
  }

  async decide(current: Chunk, found: readonly KnownClient[], upcoming: Chunk | undefined): Promise<Decisions> {
    // Rows after the upcoming chunk find these clients in the database, so their keys are not kept.
    const isWanted = (kind: keyof Keys, key: string, { created }: KnownClient): boolean => {
      // Each row of our own export is a client: whatever they have in common, none is another one.
      if (kind === 'name') return !(this.#request.rules.exact && created);
      return current.wanted[kind].has(key) || upcoming?.wanted[kind].has(key) === true;
    };
    const known = new WorkingSet(isWanted, this.#known);
    this.#known = known;
    for (const client of found) if (!known.has(client.id)) known.add(client);
    const created: KnownClient[] = [];
    const changed = new Set<KnownClient>();
    const appointments: WantedAppointment[] = [];
    const rejects: Reject[] = [];
    for (const { row: read, isNew } of current.rows) {
      this.#counts.processed += 1;
      if (this.#counts.processed % rowsPerTurn === 0) await turn();
      if ('problems' in read) {
        this.#counts.rejected += 1;
        rejects.push({ ...read, kind: 'rejected', clientId: undefined });
        continue;
      }
      const row = this.#request.next?.settle(read) ?? read;
      const outcome = applyRow(row, isNew, known, this.#request.rules);
      this.#count(outcome, row);
      if (outcome.kind === 'created') created.push(outcome.client);
      else if (outcome.kind === 'updated') changed.add(outcome.client);
      else if (outcome.kind === 'conflict') rejects.push(this.#reject(row, outcome, 'conflict', outcome.client?.id));
      else if (outcome.kind === 'rejected') rejects.push(this.#reject(row, outcome, 'rejected', undefined));
      if (row.next !== undefined && outcome.kind !== 'conflict' && outcome.kind !== 'rejected') {
        const wanted = this.#request.next?.plan(row, outcome.client);
        if (wanted !== undefined && 'appointment' in wanted) appointments.push(wanted);
        else if (wanted !== undefined) this.#leaveUnbooked(wanted, rejects);
      }
    }
    // New clients are written once, with all their changes. Changes by later rows start from what is written now.
    const stored = [...changed].filter(({ version }) => version > 0);
    for (const client of created) {
      client.version = 1;
      client.pending = [];
    }
    return { created, changed: stored, appointments, rejects, counts: { ...this.#counts } };
  }

  #leaveUnbooked(reject: Reject, rejects: Reject[]): void {
    this.#counts.unbooked += 1;
    rejects.push(reject);
  }

  #count({ kind }: Outcome, { leftOut, hasCompletedPhone }: ImportRow): void {
    this.#counts[kind === 'conflict' ? 'conflicts' : kind] += 1;
    if (kind !== 'created' && kind !== 'updated') return;
    this.#counts.left_out += leftOut;
    if (hasCompletedPhone) this.#counts.completed_phones += 1;
  }

  #reject(
    row: ImportRow,
    { field, code }: { readonly field: TextField | undefined; readonly code: RowProblemCode },
    kind: 'rejected' | 'conflict',
    clientId: string | undefined,
  ): Reject {
    const value = (field && row.values[field]) ?? '';
    const problems = [{ column: field === undefined ? 0 : this.#request.columnOf(field), code, value }];
    return { line: row.line, kind, cells: row.cells, problems, clientId };
  }
}
