import { createHash } from 'node:crypto';
import type { Compilable, CompiledQuery } from 'kysely';
import pg from 'pg';
import {
  DatabaseBusy,
  DatabaseUnavailable,
  isDeadlock,
  isOutOfTime,
  isUnavailable,
  ReadTooSlow,
  RoleChanged,
  SessionEnded,
} from './errors.ts';
import { FairShare, type Sharer } from './fair-share.ts';
import { retry } from '../../shared/retry.ts';

/**
 * Whose session a transaction runs in. The role comes from the token and may be out of date: the database checks it.
 */
export interface SessionHint extends Sharer {
  readonly sessionId: string;
  readonly role: string;
}

/**
 * The first argument of every query: its statements go to this transaction and nowhere else. Several statements that
 * are sent before one is awaited must be awaited with Promise.all: when one fails, the later ones fail too, and a
 * rejection that nobody awaits ends the process.
 */
export interface Transaction {
  /** Sends a statement at once, without waiting for earlier ones; resolves with its rows. */
  run<Row>(query: Compilable<Row> | CompiledQuery<Row>): Promise<Row[]>;
}

const names = new Map<string, string>();

// A named statement stays prepared on the server; the limit keeps variants of filters from filling its memory.
function nameOf(text: string): string | undefined {
  let name = names.get(text);
  if (name === undefined && names.size < 500) {
    name = createHash('sha1').update(text).digest('base64url');
    names.set(text, name);
  }
  return name;
}

const compiled = <Row>(query: Compilable<Row> | CompiledQuery<Row>): CompiledQuery<Row> =>
  'compile' in query ? query.compile() : query;

/** Marks a rejection as handled: it is awaited later. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

class PipelinedTransaction implements Transaction {
  readonly #client: pg.PoolClient;
  #sealed = false;
  #failure: unknown;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  run<Row>(query: Compilable<Row> | CompiledQuery<Row>): Promise<Row[]> {
    if (this.#sealed) throw new Error('the transaction is over: a read sends all its statements before it awaits one');
    const { sql, parameters } = compiled(query);
    return handled(this.send<Row>(sql, parameters));
  }

  /**
   * Sends BEGIN. A server that is alive answers at once: without an answer within two seconds the connection is given
   * up.
   */
  begin(): Promise<unknown> {
    return this.#ask({ name: 'begin', text: 'begin', query_timeout: 2000 });
  }

  async send<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const name = nameOf(text);
    const result = await this.#ask({ ...(name === undefined ? {} : { name }), text, values: [...values] });
    return result.rows as Row[];
  }

  async #ask(query: pg.QueryConfig & { readonly query_timeout?: number }): Promise<pg.QueryResult> {
    try {
      return await this.#client.query(query);
    } catch (error) {
      // After an error the server refuses the transaction's later statements: all of them report the first error.
      throw (this.#failure ??= error);
    }
  }

  /** Sends COMMIT; false when the server rolled back instead. */
  async commit(): Promise<boolean> {
    this.#sealed = true;
    const result = await this.#ask({ name: 'commit', text: 'commit' });
    return result.command === 'COMMIT';
  }

  async rollback(): Promise<void> {
    this.#sealed = true;
    await this.#client.query('rollback');
  }
}

type Work<T> = (tx: Transaction) => Promise<T>;

/** Requests that may wait for each connection: with more, most would be answered too late. */
const longestQueue = 100;

/** Wraps a transaction, to measure it; returns what `work` returns. */
export type Around = <T>(kind: 'read' | 'write' | 'system', work: () => Promise<T>) => Promise<T>;

/** Seconds that a statement of a read may take; nobody waits longer for an answer. */
const readSeconds = 5;

/** The only way to the database for code that serves requests. */
export class Database {
  readonly pool: pg.Pool;
  readonly #around: Around;
  readonly #share: FairShare;

  constructor(pool: pg.Pool, around: Around = (_kind, work) => work()) {
    this.pool = pool;
    this.#around = around;
    this.#share = new FairShare(pool.options.max);
  }

  /**
   * Runs a read in the clinic of the session: one trip to the server, session check included.
   * `work` has to send all its statements before it awaits the first: the commit is sent right behind them. Throws
   * ReadTooSlow when one of them takes more than `seconds`.
   */
  read<T>(session: SessionHint, work: Work<T>, seconds = readSeconds): Promise<T> {
    return this.#around('read', () => this.#share.run(session, () => this.#run(session, work, seconds)));
  }

  /** Runs a change in the clinic of the session; the session check travels with the first statements. */
  write<T>(session: SessionHint, work: Work<T>): Promise<T> {
    return this.#around('write', () => this.#share.run(session, () => this.#run(session, work)));
  }

  /** Runs what belongs to no signed-in person: sign-in, jobs, the command line. It sees every clinic. */
  system<T>(work: Work<T>): Promise<T> {
    return this.#around('system', () => this.#run(undefined, work));
  }

  /** `seconds` is given for reads. */
  async #run<T>(session: SessionHint | undefined, work: Work<T>, seconds?: number): Promise<T> {
    const client = await this.#connect();
    let broken: Error | undefined;
    try {
      return await retry(() => runOn(client, session, work, seconds), afterDeadlock);
    } catch (error) {
      if (seconds !== undefined && isOutOfTime(error)) throw new ReadTooSlow(error);
      if (isUnavailable(error)) {
        broken = error as Error;
        throw new DatabaseUnavailable(error);
      }
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async #connect(): Promise<pg.PoolClient> {
    if (this.pool.waitingCount >= longestQueue * this.pool.options.max) throw new DatabaseBusy();
    try {
      return await this.pool.connect();
    } catch (error) {
      throw new DatabaseUnavailable(error);
    }
  }
}

/** PostgreSQL ends a deadlock by rolling one transaction back: that one starts over. */
const afterDeadlock = { attempts: 3, when: isDeadlock };

const enter = 'select app.enter($1, $2)';
const enterToRead = `${enter}, set_config('statement_timeout', $3, true)`;

async function runOn<T>(
  client: pg.PoolClient,
  session: SessionHint | undefined,
  work: Work<T>,
  readSeconds: number | undefined,
): Promise<T> {
  const tx = new PipelinedTransaction(client);
  const begun = handled(tx.begin());
  const entered = handled(
    session === undefined
      ? tx.send("select set_config('app.system', 'on', true)")
      : tx.send(readSeconds === undefined ? enter : enterToRead, [
          session.sessionId,
          session.role,
          ...(readSeconds === undefined ? [] : [`${String(readSeconds)}s`]),
        ]),
  );
  try {
    const result = handled(work(tx));
    if (readSeconds !== undefined) {
      const committed = handled(tx.commit());
      await begun;
      await entered;
      const value = await result;
      await committed;
      return value;
    }
    const value = await result;
    await entered;
    if (!(await tx.commit())) throw new Error('the server rolled the transaction back');
    return value;
  } catch (error) {
    const cause = await entered.then(
      () => error,
      (reason: unknown) => entryError(reason),
    );
    if (!isUnavailable(cause) || isOutOfTime(cause)) await tx.rollback();
    throw cause;
  }
}

function entryError(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  if (error.code === 'AC401') return new SessionEnded(JSON.parse(error.detail ?? '{}') as SessionEnded['details']);
  if (error.code === 'AC409') return new RoleChanged(error.detail ?? '');
  return error;
}
