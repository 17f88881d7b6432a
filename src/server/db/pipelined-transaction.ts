import { createHash } from 'node:crypto';
import type pg from 'pg';
import { BatchBuilder, type BatchLimits } from './batch.ts';
import { describePooled } from './pooler.ts';
import type { Compiled, Sendable } from './sql.ts';

/**
 * The first argument of every query: its statements go to this transaction and nowhere else. Several statements that
 * are sent before one is awaited must be awaited with Promise.all: when one fails, the later ones fail too, and a
 * rejection that nobody awaits ends the process.
 */
export interface Transaction {
  /** Sends a statement without waiting for earlier ones; resolves with its rows. */
  run<Row>(query: Sendable<Row>): Promise<Row[]>;
}

/** Names of the statements of one connection by their texts. */
type Names = Map<string, string>;
const namesOf = new WeakMap<pg.PoolClient, Names>();

/** The names of a connection's statements; each has its own, because the server keeps them with the connection. */
function findNames(client: pg.PoolClient): Names {
  const known = namesOf.get(client) ?? new Map<string, string>();
  namesOf.set(client, known);
  return known;
}

// A named statement stays prepared on the server. The limit keeps the many variants of filters from filling its memory.
function nameStatement(names: Names, text: string): string | undefined {
  let name = names.get(text);
  if (name === undefined && names.size < 500) {
    name = createHash('sha1').update(text).digest('base64url');
    names.set(text, name);
  }
  return name;
}

const compile = <Row>(query: Sendable<Row>): Compiled<Row> => ('compile' in query ? query.compile() : query);

/** Keeps a rejection from ending the process before it is awaited. */
export function markHandled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** Milliseconds within which a live server answers a statement that does next to nothing. */
const firstAnswer = 2000;

/** The longest read, in seconds, whose first statement is not answered by itself: that would cost a message. */
const quickRead = 4;

/** Milliseconds that the answer of a batch may take beyond the time that the server gives its statements. */
const onTheWay = 500;

const limitsOfRead = (seconds: number): BatchLimits =>
  seconds <= quickRead ? { wholeAnswer: seconds * 1000 + onTheWay } : { firstAnswer };

/**
 * Says that the statements sent in this turn of the event loop are the last, and that whatever they answer the change stands: it is
 * committed in the same trip. Where the transaction is another one's, as that of an import, they commit it.
 */
export function commitAlong(tx: Transaction): void {
  if (tx instanceof PipelinedTransaction) tx.commitAlong();
}

/**
 * Sends what is run within one turn of the event loop as one batch. A read is a single batch, which is its own transaction; a
 * change begins one and commits it.
 */
export class PipelinedTransaction implements Transaction {
  readonly #client: pg.PoolClient;
  readonly #names: Names;
  readonly #preparesByName: boolean;
  #waiting = new BatchBuilder();
  #limits: BatchLimits;
  readonly #isChange: boolean;
  #sealed = false;
  #commit: Promise<pg.QueryResult> | undefined;
  #failure: unknown;

  /** `readSeconds` is how long each statement of a read may take; undefined for a change. */
  constructor(client: pg.PoolClient, readSeconds: number | undefined) {
    this.#client = client;
    this.#names = findNames(client);
    this.#preparesByName = describePooled(client)?.preparesByName ?? true;
    this.#isChange = readSeconds === undefined;
    this.#limits = readSeconds === undefined ? { firstAnswer } : limitsOfRead(readSeconds);
    if (this.#isChange) void markHandled(this.#ask('begin', 'begin', []));
  }

  run<Row>(query: Sendable<Row>): Promise<Row[]> {
    if (this.#sealed)
      throw new Error(
        'the transaction is over: a read sends all its statements before it awaits one, a change none after commitAlong',
      );
    const { sql, parameters } = compile(query);
    return markHandled(this.send<Row>(sql, parameters));
  }

  async send<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.#ask(nameStatement(this.#names, text), text, values);
    return rows as Row[];
  }

  /** Takes no more statements. */
  seal(): void {
    this.#sealed = true;
  }

  /** Sends COMMIT together with the statements of this turn. After an error the server skips it. */
  commitAlong(): void {
    if (!this.#isChange) return;
    this.seal();
    this.#commit ??= markHandled(this.#ask('commit', 'commit', []));
  }

  /** Sends COMMIT unless that was done; false when the server rolled back instead. */
  async commit(): Promise<boolean> {
    this.commitAlong();
    return (await this.#commit)?.command === 'COMMIT';
  }

  async rollback(): Promise<void> {
    this.seal();
    await this.#client.query('rollback');
  }

  async #ask(name: string | undefined, text: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    if (this.#waiting.isEmpty)
      queueMicrotask(() => {
        this.#sendWaiting();
      });
    try {
      return await this.#waiting.add({ name: this.#preparesByName ? name : undefined, text, values });
    } catch (error) {
      // After an error the server refuses all later statements of the transaction: report the first error for each of them.
      throw (this.#failure ??= error);
    }
  }

  #sendWaiting(): void {
    const batch = this.#waiting;
    if (batch.isEmpty) return;
    this.#waiting = new BatchBuilder();
    batch.send(this.#client, this.#limits);
    this.#limits = {};
  }
}
