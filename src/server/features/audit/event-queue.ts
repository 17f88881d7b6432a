import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../../db/transaction.ts';
import { limitReached } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import type { AuditEvent } from './actions.ts';
import { insertQueued, type QueuedEvent } from './queries.ts';

/** Milliseconds that an event waits for others: what a killed process may lose. */
const longestWait = 250;
/** Milliseconds until the next attempt after a failed one. */
const pauseAfterFailure = 1000;
const eventsPerBatch = 1000;
/** With more waiting, what cannot be recorded is not shown either. About 20 MB. */
const mostWaiting = 50_000;

interface QueueOptions {
  /** Written only if the record is a client of a colleague. */
  readonly ofColleague?: true;
}

/**
 * Audit events of one process that are written a moment after they happened, many at once: those of refusals, which come in
 * floods. A graceful stop writes them all; a killed process loses those of its last quarter of a second. Events of changes and
 * reads don't come here: they stand or fall with the transaction.
 */
export class EventQueue {
  readonly #db: Database;
  #waiting: QueuedEvent[] = [];
  #writing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Told about a batch that could not be written; it stays in the queue. */
  onFailure: (error: unknown) => void = () => undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Throws unavailable when nothing could be written for so long that the queue is full. */
  add(actor: Actor, event: AuditEvent, { ofColleague }: QueueOptions = {}): void {
    if (this.#waiting.length >= mostWaiting) throw limitReached('unavailable', 5);
    this.#waiting.push({
      ...{ id: uuidv7(), at: new Date(), ofColleague: ofColleague === true },
      ...{ clinicId: actor.clinicId, actorId: actor.professionalId, sessionId: actor.sessionId },
      caller: { address: actor.address, requestId: actor.requestId },
      event: { ...event, details: { as: actor.role, ...event.details } },
    });
    this.#writeIn(longestWait);
  }

  /** Writes everything that is waiting. Rejects when it cannot be written; it stays in the queue then. */
  async flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      this.#writing ??= this.#writeBatch().finally(() => {
        this.#writing = undefined;
      });
      await this.#writing;
    }
  }

  async #writeBatch(): Promise<void> {
    const batch = this.#waiting.slice(0, eventsPerBatch);
    try {
      await this.#db.system((tx) => insertQueued(tx, batch));
    } catch (error) {
      this.onFailure(error);
      this.#writeIn(pauseAfterFailure);
      throw error;
    }
    this.#waiting.splice(0, batch.length);
  }

  #writeIn(milliseconds: number): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // A failure was told and is tried again.
      this.flush().catch(() => undefined);
    }, milliseconds).unref();
  }
}

const queues = new WeakMap<Database, EventQueue>();

/** The queue of a server. */
export function findQueue(db: Database): EventQueue {
  const known = queues.get(db) ?? new EventQueue(db);
  queues.set(db, known);
  return known;
}
