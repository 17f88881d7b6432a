import { PassThrough } from 'node:stream';
import type { ChangeEvent } from '../../../shared/contracts/events.ts';
import type { Database } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { type ChangeRow, listRecentChanges } from './queries.ts';

/** Seconds that a transaction may take from its event to its commit and still be announced. */
const lookBackSeconds = 10;
const heartbeatSeconds = 25;

/** Throws when the session is over or the role is another. */
type SessionCheck = (actor: Actor) => Promise<void>;

interface Subscriber {
  readonly actor: Actor;
  readonly stream: PassThrough;
  checkedAt: number;
}

/**
 * The change feed of one process: while anybody listens, it reads the audit trail once a second and passes on what
 * happened. PostgreSQL's NOTIFY was left aside: it makes all commits of a server take turns.
 */
export class ChangeFeed {
  readonly #db: Database;
  readonly #confirm: SessionCheck;
  readonly #subscribers = new Set<Subscriber>();
  readonly #seen = new Map<string, number>();

  constructor(db: Database, confirm: SessionCheck) {
    this.#db = db;
    this.#confirm = confirm;
  }

  /** Opens a stream of server-sent events (HTML standard, section 9.2) for a signed-in person. */
  subscribe(actor: Actor): PassThrough {
    const subscriber: Subscriber = { actor, stream: new PassThrough(), checkedAt: Date.now() };
    subscriber.stream.write('retry: 3000\n\n');
    subscriber.stream.on('close', () => this.#subscribers.delete(subscriber));
    this.#subscribers.add(subscriber);
    return subscriber.stream;
  }

  /** One look at the trail; called about once a second. */
  async poll(): Promise<void> {
    if (this.#subscribers.size === 0) return;
    const clinicIds = [...new Set([...this.#subscribers].map(({ actor }) => actor.clinicId))];
    const rows = await this.#db.system((tx) => listRecentChanges(tx, clinicIds, lookBackSeconds));
    for (const row of rows.filter(({ id }) => !this.#seen.has(id))) this.#announce(row);
    const now = Date.now();
    rows.forEach(({ id }) => this.#seen.set(id, now));
    for (const [id, at] of this.#seen) if (now - at > lookBackSeconds * 2000) this.#seen.delete(id);
    await this.#checkSessions(now);
  }

  /** Ends every stream, so that the server can stop; browsers come back by themselves. */
  close(): void {
    for (const { stream } of this.#subscribers) stream.end();
    this.#subscribers.clear();
  }

  #announce(row: ChangeRow): void {
    const event: ChangeEvent = {
      recordType: row.record_type as ChangeEvent['recordType'],
      recordId: row.record_id ?? '',
      by: row.actor_id,
      at: row.at.toISOString(),
    };
    const text = `id: ${row.id}\nevent: change\ndata: ${JSON.stringify(event)}\n\n`;
    for (const { actor, stream } of this.#subscribers)
      if (actor.clinicId === row.clinic_id && concerns(actor, row)) stream.write(text);
  }

  /** A stream outlives its first check: it is asked again with every heartbeat, and ends with the session. */
  async #checkSessions(now: number): Promise<void> {
    const due = [...this.#subscribers].filter(({ checkedAt }) => now - checkedAt > heartbeatSeconds * 1000);
    await Promise.all(
      due.map(async (subscriber) => {
        subscriber.checkedAt = now;
        await this.#confirm(subscriber.actor).then(
          () => subscriber.stream.write(': still here\n\n'),
          () => subscriber.stream.end(),
        );
      }),
    );
  }
}

/** Professionals hear of their own clients, as they see no others. */
const concerns = (actor: Actor, row: ChangeRow): boolean =>
  actor.role !== 'professional' || row.record_type !== 'client' || row.owner_id === actor.professionalId;
