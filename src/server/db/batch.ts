import pg from 'pg';
import utils from 'pg/lib/utils.js';

/** A statement with its values; one that has a name stays prepared on its connection. */
export interface Statement {
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface BatchLimits {
  /** Milliseconds within which the first statement has to be answered, which is then answered by itself; undefined: with the rest. */
  readonly firstAnswer?: number | undefined;
  /** Milliseconds within which everything has to be answered; the pool's limit if undefined. */
  readonly wholeAnswer?: number | undefined;
}

/** What the client calls of a pg.Query while answers arrive; the package's types do not list it. */
interface AnsweredQuery {
  get name(): string | undefined;
  set name(name: string | undefined);
  get text(): string | undefined;
  readonly _result: { _types: unknown };
  callback: (error: Error | null) => void;
  prepare(connection: Connection): void;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleEmptyQuery(connection: Connection): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleReadyForQuery(connection: Connection): void;
  handleError(error: Error, connection: Connection): void;
}

/** How statements are sent on a pg connection; the package's types describe an older release. */
interface Connection {
  readonly stream: { cork(): void; uncork(): void; destroy(): void };
  /** Statements that were sent to be prepared and are not acknowledged yet, by name. */
  readonly submittedNamedStatements: Record<string, string | undefined>;
  execute(config: { readonly portal: string }): void;
  flush(): void;
  sync(): void;
}

type Answered = (error: Error | null, result?: pg.QueryResult) => void;

// Given as an object, the package would copy it property by property.
const Query = pg.Query as unknown as new (
  text: string,
  values: readonly unknown[] | undefined,
  callback: Answered,
) => AnsweredQuery;

/** A statement of a batch: unlike others it is followed by no Sync. */
class BatchedQuery extends Query {
  constructor({ name, text, values }: Statement, answered: Answered) {
    super(text, values, answered);
    this.name = name;
  }

  _getRows(connection: Connection): void {
    connection.execute({ portal: '' });
  }
}

/**
 * Statements that are sent together and answered together, each side in one message. PostgreSQL runs them in one transaction:
 * the one that was begun, or one of their own that ends with them
 * (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING). After an error it skips the rest.
 */
class Batch extends Query {
  /** Milliseconds; the client ends the connection if the whole batch is not answered in time. */
  readonly query_timeout: number | undefined;
  readonly #queries: readonly BatchedQuery[];
  readonly #firstAnswer: number | undefined;
  #firstTimer: NodeJS.Timeout | undefined;
  /** The query whose answer arrives. */
  #at = 0;

  constructor(queries: readonly BatchedQuery[], { firstAnswer, wholeAnswer }: BatchLimits) {
    super('batch', undefined, () => undefined);
    this.#queries = queries;
    this.#firstAnswer = firstAnswer;
    this.query_timeout = wholeAnswer;
  }

  // The client notes under these which statement was prepared. Query's constructor sets them.
  override get name(): string | undefined {
    return this.#current?.name;
  }

  override set name(_: string | undefined) {
    // The statements have names of their own.
  }

  override get text(): string | undefined {
    return this.#current?.text;
  }

  override set text(_: string | undefined) {
    // The statements have texts of their own.
  }

  get #current(): BatchedQuery | undefined {
    return this.#queries[this.#at];
  }

  submit(connection: Connection): null {
    connection.stream.cork();
    for (const [index, query] of this.#queries.entries()) {
      query._result._types = this._result._types;
      query.prepare(connection);
      if (index === 0 && this.#firstAnswer !== undefined) {
        connection.flush();
        this.#firstTimer = setTimeout(() => {
          connection.stream.destroy();
        }, this.#firstAnswer);
      }
    }
    connection.sync();
    connection.stream.uncork();
    return null;
  }

  override handleRowDescription(message: unknown): void {
    this.#current?.handleRowDescription(message);
  }

  override handleDataRow(message: unknown): void {
    this.#current?.handleDataRow(message);
  }

  override handleEmptyQuery(connection: Connection): void {
    this.#current?.handleEmptyQuery(connection);
    this.#goOn();
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    this.#current?.handleCommandComplete(message, connection);
    this.#goOn();
  }

  #goOn(): void {
    clearTimeout(this.#firstTimer);
    this.#at += 1;
  }

  override handleError(error: Error, connection: Connection): void {
    clearTimeout(this.#firstTimer);
    this.callback(error);
    for (const [index, query] of this.#queries.entries()) {
      if (index < this.#at) {
        query.handleReadyForQuery(connection);
        continue;
      }
      // It was skipped, so it is not prepared.
      if (query.name !== undefined) connection.submittedNamedStatements[query.name] = undefined;
      query.handleError(error, connection);
    }
  }

  override handleReadyForQuery(connection: Connection): void {
    this.callback(null);
    for (const query of this.#queries) query.handleReadyForQuery(connection);
  }
}

/** Statements for one batch, each with a promise of its answer. */
export class BatchBuilder {
  readonly #queries: BatchedQuery[] = [];

  get isEmpty(): boolean {
    return this.#queries.length === 0;
  }

  /** Rejects at once, and sends nothing of it, when a value cannot be written: half a statement would be a Sync too many. */
  add({ name, text, values }: Statement): Promise<pg.QueryResult> {
    return new Promise((resolve, reject) => {
      const written = values.map((value) => utils.prepareValue(value));
      const answered: Answered = (error, result) => {
        if (result === undefined) reject(error ?? new Error('a statement has no result'));
        else resolve(result);
      };
      this.#queries.push(new BatchedQuery({ name, text, values: written }, answered));
    });
  }

  /** Sends all statements. The connection is in pipeline mode. */
  send(client: pg.PoolClient, limits: BatchLimits): void {
    client.query(new Batch(this.#queries, limits) as unknown as pg.Submittable);
  }
}
