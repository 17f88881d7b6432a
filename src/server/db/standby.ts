import pg from 'pg';
import { DatabaseUnavailable, SessionEnded, StandingChanged } from './errors.ts';
import { onlyRow } from './rows.ts';
import { sql } from './sql.ts';
import type { AgedReader, Database, SessionHint, Transaction } from './transaction.ts';

/** How the standby stands to a position of the primary: seconds are null once it has replayed it all. */
interface Delay {
  readonly standby: boolean;
  readonly seconds: number | null;
}

/** What the standby would have answered is too old, or it stands by no longer. */
class TooOld extends Error {}

/** Milliseconds for which a standby that was away or too old is not asked: connecting to a dead machine takes a while. */
const rest = 5000;

/** A streaming standby, for reads that may be seconds old. */
export class Standby implements AgedReader {
  readonly #db: Database;
  readonly #onLeft: (reason: unknown) => void;
  #restsUntil = 0;

  /** `onLeft` is called each time it is left alone for a while. */
  constructor(db: Database, onLeft: (reason: unknown) => void) {
    this.#db = db;
    this.#onLeft = onLeft;
  }

  get isResting(): boolean {
    return performance.now() < this.#restsUntil;
  }

  /** Whether it is away or behind, or may know other sessions and tables than the primary. */
  isUnfit(error: unknown): boolean {
    return (
      error instanceof TooOld ||
      error instanceof DatabaseUnavailable ||
      error instanceof SessionEnded ||
      error instanceof StandingChanged ||
      error instanceof pg.DatabaseError
    );
  }

  async readPosition(tx: Transaction): Promise<string> {
    const rows = await tx.run(sql<{ position: string }>`select pg_current_wal_lsn()::text as position`);
    return onlyRow(rows).position;
  }

  async read<T>(
    session: SessionHint,
    position: string,
    work: (tx: Transaction) => Promise<T>,
    { seconds, ageSeconds }: { readonly seconds: number; readonly ageSeconds: number },
  ): Promise<T> {
    try {
      return await this.#db.read(
        session,
        async (tx) => {
          const [delays, value] = await Promise.all([tx.run(readDelay(position)), work(tx)]);
          const delay = onlyRow(delays);
          if (!delay.standby || (delay.seconds ?? 0) > ageSeconds) throw new TooOld('the standby is too far behind');
          return value;
        },
        seconds,
      );
    } catch (error) {
      // Reads that may not be old at all find a healthy standby behind quite often.
      if (error instanceof DatabaseUnavailable || (error instanceof TooOld && ageSeconds > 0)) {
        this.#restsUntil = performance.now() + rest;
        this.#onLeft(error);
      }
      throw error;
    }
  }
}

/** The age of a standby that is behind is that of the last change it replayed. */
const readDelay = (position: string) =>
  sql<Delay>`
    select pg_is_in_recovery() as standby,
      case when pg_last_wal_replay_lsn() < ${position}::pg_lsn
        then coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()), 'infinity')::float8
      end as seconds`;
