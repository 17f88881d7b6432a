import pg from 'pg';
import {
  DatabaseBusy,
  DatabaseUnavailable,
  isDeadlock,
  isOutOfTime,
  isUnavailable,
  ReadTooSlow,
  SessionEnded,
  StandingChanged,
} from './errors.ts';
import { FairShare, type Sharer } from './fair-share.ts';
import { timeLimits } from './pool.ts';
import { commitAlong, markHandled, PipelinedTransaction, type Transaction } from './pipelined-transaction.ts';
import { describePooled } from './pooler.ts';
import type { Role } from '../../shared/contracts/auth.ts';
import { plainStanding, type Standing } from '../../shared/permissions.ts';
import { retry } from '../../shared/retry.ts';

export { commitAlong, type Transaction };

/**
 * The session that a transaction runs in. What is said of the person's standing may be out of date: the database checks it. What
 * isn't said is as plainStanding has it.
 */
export interface SessionHint extends Sharer, Partial<Standing> {
  readonly sessionId: string;
  readonly role: Role;
}

/** The standing as app.standing_of writes it. */
function describeStanding(session: SessionHint): string {
  const plain = plainStanding(session.role);
  return JSON.stringify({
    role: session.role,
    clinicalAccess: session.clinicalAccess ?? plain.clinicalAccess,
    seesClinic: session.seesClinic ?? plain.seesClinic,
    covered: session.covered ?? plain.covered,
    coveredClients: session.coveredClients ?? plain.coveredClients,
    coveredInPart: session.coveredInPart ?? plain.coveredInPart,
    emergencies: session.emergencies ?? plain.emergencies,
  } satisfies Standing);
}

type Work<T> = (tx: Transaction) => Promise<T>;

/** The most requests that wait, per connection; with more, most would be answered too late. */
const longestQueue = 100;

/** Wraps each transaction, for tracing. Has to call `work` and return its result. */
export type Around = <T>(kind: 'read' | 'write' | 'system', work: () => Promise<T>) => Promise<T>;

/** A standby, for reads that may be seconds old (db/standby.ts). */
export interface AgedReader {
  /** It failed a moment ago and is not asked for a while. */
  readonly isResting: boolean;
  /** Asks the primary for its place in the log of changes, as text. */
  readPosition(tx: Transaction): Promise<string>;
  /** Runs a read as Database.read does, at most `ageSeconds` behind `position`. */
  read<T>(
    session: SessionHint,
    position: string,
    work: Work<T>,
    limits: { readonly seconds: number; readonly ageSeconds: number },
  ): Promise<T>;
  /** Whether the primary has to answer after `read` failed like this. */
  isUnfit(error: unknown): boolean;
}

/** Seconds that a statement of a read may take; people do not wait longer. */
const readSeconds = 4;

/** The only way to the database for code that serves requests. */
export class Database {
  readonly pool: pg.Pool;
  readonly #around: Around;
  readonly #share: FairShare;
  readonly #standby: AgedReader | undefined;

  constructor(pool: pg.Pool, around: Around = (_kind, work) => work(), standby?: AgedReader) {
    this.pool = pool;
    this.#standby = standby;
    this.#around = around;
    this.#share = new FairShare(pool.options.max);
  }

  /** How many transactions of this process run or wait at this moment. */
  get connectionsInUse(): number {
    return this.pool.totalCount - this.pool.idleCount + this.pool.waitingCount;
  }

  /**
   * Runs a read in the clinic of the session: one round trip, including the session check. `work` has to send all its
   * statements before it awaits the first, because they are one batch and its end is that of the transaction. Throws ReadTooSlow
   * when a statement takes longer than `seconds`, SessionEnded, StandingChanged, ShareUsedUp or DatabaseUnavailable.
   */
  read<T>(session: SessionHint, work: Work<T>, seconds = readSeconds): Promise<T> {
    return this.#around('read', () => this.#share.run(session, () => this.#run(session, work, seconds)));
  }

  /**
   * A read that may be `ageSeconds` old: the standby runs it, if there is one that is not further behind; otherwise like `read`.
   * The session is checked at the primary first, so that one that has ended reads nothing. `work` may run once on each.
   */
  async readAged<T>(
    session: SessionHint,
    work: Work<T>,
    { ageSeconds, seconds = readSeconds }: { readonly ageSeconds: number; readonly seconds?: number },
  ): Promise<T> {
    const standby = this.#standby;
    if (standby === undefined || standby.isResting) return this.read(session, work, seconds);
    const position = await this.read(session, (tx) => standby.readPosition(tx));
    try {
      return await standby.read(session, position, work, { seconds, ageSeconds });
    } catch (error) {
      if (standby.isUnfit(error)) return this.read(session, work, seconds);
      throw error;
    }
  }

  /** Runs a change in the clinic of the session. The session check is sent along with the first statements. */
  write<T>(session: SessionHint, work: Work<T>): Promise<T> {
    return this.#around('write', () => this.#share.run(session, () => this.#run(session, work)));
  }

  /** Runs work of no signed-in person: sign-in, jobs, the command line. It can see every clinic. */
  system<T>(work: Work<T>): Promise<T> {
    return this.#around('system', () => this.#run(undefined, work));
  }

  /** `seconds` is the time limit of a read; undefined for writes. */
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

/** PostgreSQL ends a deadlock by rolling one transaction back; that one runs again. */
const afterDeadlock = { attempts: 3, when: isDeadlock };

// Auditors are let in only by releases that know them (app.enter).
const enter = "set_config('app.knows_auditors', 'on', true), app.enter($1, $2)";
/**
 * What a read writes is its event in the trail and when the session was last seen. Nobody waits for the disk because of that: a
 * crash of PostgreSQL itself may lose the events of its last half second.
 */
const enterToRead = `${enter}, set_config('statement_timeout', $3, true), set_config('synchronous_commit', 'off', true)`;
const enterAsSystem = "set_config('app.system', 'on', true)";

/** What other connections have since they were opened, a transaction through a pooler says itself, before anything else. */
const ownSettings = `set_config('search_path', 'public', true), set_config('jit', 'off', true),
  set_config('max_parallel_workers_per_gather', '0', true),
  set_config('statement_timeout', '${String(timeLimits.statement)}', true),
  set_config('idle_in_transaction_session_timeout', '${String(timeLimits.idleInTransaction)}', true)`;

async function runOn<T>(
  client: pg.PoolClient,
  session: SessionHint | undefined,
  work: Work<T>,
  readSeconds: number | undefined,
): Promise<T> {
  const tx = new PipelinedTransaction(client, readSeconds);
  const first = describePooled(client) === undefined ? 'select ' : `select ${ownSettings}, `;
  const entered = markHandled(
    session === undefined
      ? tx.send(first + enterAsSystem)
      : tx.send(first + (readSeconds === undefined ? enter : enterToRead), [
          session.sessionId,
          describeStanding(session),
          ...(readSeconds === undefined ? [] : [`${String(readSeconds)}s`]),
        ]),
  );
  try {
    const result = markHandled(work(tx));
    if (readSeconds !== undefined) tx.seal();
    const value = await result;
    await entered;
    if (readSeconds === undefined && !(await tx.commit())) throw new Error('the server rolled the transaction back');
    return value;
  } catch (error) {
    const cause = await entered.then(
      () => error,
      (reason: unknown) => toEntryError(reason),
    );
    // It was made while an answer was read, so its stack names nothing of ours: say who asked.
    if (cause instanceof pg.DatabaseError) Error.captureStackTrace(cause);
    if (readSeconds === undefined && (!isUnavailable(cause) || isOutOfTime(cause))) await tx.rollback();
    throw cause;
  }
}

function toEntryError(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  if (error.code === 'AC401') return new SessionEnded(JSON.parse(error.detail ?? '{}') as SessionEnded['details']);
  if (error.code === 'AC409') return new StandingChanged(JSON.parse(error.detail ?? '{}') as Standing);
  return error;
}
