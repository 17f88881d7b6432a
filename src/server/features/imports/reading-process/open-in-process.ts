import { FileProblem } from '../reading/records/records.ts';
import type { ImportRow, RejectedRow } from '../reading/rows/rows.ts';
import type { ByteSource } from '../reading/records/source.ts';
import type { ColumnChoice, ImportOptions, MappedColumns, OpenedRows, RowBatches } from '../sources/row-source.ts';
import type { FromReader, Result, SentProblem } from './messages.ts';
import { giveBack, takeReader } from './reader-process.ts';

/** Limits for reading one file. */
const limits = {
  /** Processor time. A million clients take about a minute. */
  cpuSeconds: 60,
  cpuSecondsPerMegabyte: 1.5,
  /** The longest time without an `alive` message. */
  silentSeconds: 60,
} as const;

/**
 * Reads a file in a separate process, where it can neither delay requests nor exhaust their memory. Exceeding the limits counts
 * as a problem of the file. Throws FileProblem, or the signal's reason when it aborts.
 */
export async function openInProcess(
  source: ByteSource,
  options: ImportOptions,
  signal?: AbortSignal,
): Promise<OpenedRows> {
  signal?.throwIfAborted();
  const reading = new Reading(source, options);
  const abort = (): void => {
    reading.fail(signal?.reason);
  };
  signal?.addEventListener('abort', abort);
  const close = async (): Promise<void> => {
    signal?.removeEventListener('abort', abort);
    await reading.close();
  };
  try {
    const { header, isNamed } = await reading.receive('opened');
    return {
      header,
      isNamed,
      map: (choice) => reading.map(choice),
      rows: () => reading.rows(),
      head: () => reading.head,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

type ResultOf<Kind extends Result['kind']> = Extract<Result, { readonly kind: Kind }>;

/** The reading of one file. */
class Reading {
  head: unknown;
  readonly #reader = takeReader();
  readonly #source: ByteSource;
  readonly #pieces = new Map<number, AsyncIterator<Uint8Array>>();
  readonly #results: Result[] = [];
  readonly #watch: NodeJS.Timeout;
  #failure: { readonly reason: unknown } | undefined;
  #wake: (() => void) | undefined;
  #heardAt = performance.now();
  #isDone = false;
  #isClosed = false;

  constructor(source: ByteSource, options: ImportOptions) {
    this.#source = source;
    this.#reader.watch({
      onMessage: (message) => {
        this.#take(message);
      },
      onExit: (code, signal) => {
        this.fail(reasonOfExit(code, signal));
      },
    });
    this.#reader.send({ kind: 'open', bytes: source.size, options });
    this.#watch = setInterval(() => {
      if (performance.now() - this.#heardAt > limits.silentSeconds * 1000) this.fail(tooComplex());
    }, 1000);
  }

  /** Ends the reading with an error. The first reason counts. */
  fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.#reader.kill();
    this.#wake?.();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#watch);
    if (this.#isDone && this.#failure === undefined) giveBack(this.#reader);
    else {
      this.#reader.watch(undefined);
      this.#reader.kill();
    }
    for (const pieces of this.#pieces.values()) await pieces.return?.();
    this.#pieces.clear();
  }

  async receive<Kind extends Result['kind']>(...kinds: Kind[]): Promise<ResultOf<Kind>> {
    while (this.#results.length === 0) {
      if (this.#failure !== undefined) throw this.#failure.reason;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const result = this.#results.shift();
    if (result?.kind === 'failed') throw problemOf(result.problem);
    if (result?.kind === 'broken') throw new Error(`a file could not be read: ${result.stack}`);
    if (!isOneOf(result, kinds)) throw new Error(`the process that reads a file sent ${String(result?.kind)}`);
    return result;
  }

  async map(choice: ColumnChoice): Promise<MappedColumns> {
    this.#reader.send({ kind: 'map', choice });
    const result = await this.receive('mapped', 'unmapped');
    if (result.kind === 'mapped') return { columns: result.columns, isOwnExport: result.isOwnExport };
    return { problem: problemOf(result.problem), head: JSON.parse(result.head) as unknown };
  }

  async *rows(): RowBatches {
    for (;;) {
      const result = await this.receive('rows', 'end');
      if (result.head !== undefined) this.head = JSON.parse(result.head) as unknown;
      if (result.kind === 'end') return;
      yield JSON.parse(result.rows) as (ImportRow | RejectedRow)[];
      this.#reader.send({ kind: 'take' });
    }
  }

  #take(message: FromReader): void {
    this.#heardAt = performance.now();
    if (message.kind === 'alive') this.#check(message.cpuSeconds);
    else if (message.kind === 'want_bytes') void this.#sendBytes(message.reading);
    else if (message.kind === 'stop_reading') this.#stopReading(message.reading);
    else {
      this.#isDone = isLast(message);
      this.#results.push(message);
      this.#wake?.();
    }
  }

  async #sendBytes(reading: number): Promise<void> {
    try {
      let pieces = this.#pieces.get(reading);
      if (pieces === undefined) {
        pieces = this.#source.read()[Symbol.asyncIterator]();
        this.#pieces.set(reading, pieces);
      }
      const step = await pieces.next();
      this.#reader.send({ kind: 'bytes', reading, bytes: step.done === true ? undefined : step.value });
    } catch (error) {
      this.fail(error);
    }
  }

  #stopReading(reading: number): void {
    const pieces = this.#pieces.get(reading);
    this.#pieces.delete(reading);
    pieces?.return?.().catch(() => undefined);
  }

  #check(cpuSeconds: number): void {
    const megabytes = this.#source.size / 2 ** 20;
    if (cpuSeconds > limits.cpuSeconds + limits.cpuSecondsPerMegabyte * megabytes) this.fail(tooComplex());
  }
}

const tooComplex = (): FileProblem => new FileProblem('file_too_complex');

const isLast = ({ kind }: Result): boolean =>
  kind === 'end' || kind === 'unmapped' || kind === 'failed' || kind === 'broken';

const isOneOf = <Kind extends Result['kind']>(
  result: Result | undefined,
  kinds: readonly Kind[],
): result is ResultOf<Kind> => result !== undefined && (kinds as readonly string[]).includes(result.kind);

const problemOf = ({ code, line, column, details }: SentProblem): FileProblem =>
  new FileProblem(code, {
    details,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  });

/** When memory runs out, V8 aborts or the kernel kills the process: the file is too complex. Other exits are our fault. */
const reasonOfExit = (code: number | null, signal: NodeJS.Signals | null): Error =>
  signal !== null || code === 134
    ? tooComplex()
    : new Error(`the process that reads a file ended with ${String(code)}`);
