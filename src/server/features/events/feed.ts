import { PassThrough } from 'node:stream';
import type { Database } from '../../db/transaction.ts';
import { limitReached } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import type { AuditAction } from '../audit/api.ts';
import { isToldTo, presentChange } from './audience.ts';
import { type ChangeRow, listRecentChanges, listSessions, type SessionNow } from './queries.ts';

/** The longest time in seconds from an audit event to the commit of its transaction for it to be announced. */
const lookBackSeconds = 10;
const heartbeatSeconds = 25;
/** The most unread bytes of a stream; slower readers are disconnected. */
const longestBacklog = 32 * 1024;
/** Milliseconds to read the rest of an ended stream. */
const graceToRead = 1000;

/** The most open streams. Beyond those of a session or person the oldest are closed; beyond the others new ones are refused. */
interface StreamLimits {
  readonly session: number;
  readonly person: number;
  readonly clinic: number;
  readonly process: number;
}
const streamLimits: StreamLimits = { session: 4, person: 12, clinic: 200, process: 2000 };

interface Subscriber {
  /** Updated with each poll, because the standing may change. */
  actor: Actor;
  readonly stream: PassThrough;
  writtenAt: number;
}

/**
 * The change feed of one process. While anybody listens, it polls the audit trail once a second and passes changes on. It also
 * polls the sessions of all listeners: a stream shows only what a request would show at that moment, and ends with its access
 * token or session. PostgreSQL's NOTIFY is not used, because it makes all commits of a server wait for one another.
 */
export class ChangeFeed {
  readonly #db: Database;
  readonly #announced: readonly AuditAction[];
  readonly #limits: StreamLimits;
  /** Oldest first. */
  readonly #subscribers = new Set<Subscriber>();
  readonly #seen = new Map<string, number>();

  constructor(db: Database, announced: readonly AuditAction[], limits = streamLimits) {
    this.#db = db;
    this.#announced = announced;
    this.#limits = limits;
  }

  /** The number of open streams. */
  get size(): number {
    return this.#subscribers.size;
  }

  /**
   * Opens a stream of server-sent events (HTML standard, section 9.2) for a signed-in person. Throws too_many_requests,
   * unavailable.
   */
  subscribe(actor: Actor): PassThrough {
    this.#makeRoom(actor);
    const subscriber: Subscriber = { actor, stream: new PassThrough(), writtenAt: Date.now() };
    subscriber.stream.write('retry: 3000\n\n');
    subscriber.stream.on('close', () => this.#subscribers.delete(subscriber));
    this.#subscribers.add(subscriber);
    return subscriber.stream;
  }

  /** Polls the audit trail and the sessions; called about once a second. */
  async poll(): Promise<void> {
    this.#endOverdue(Date.now());
    if (this.#subscribers.size === 0) return;
    const looked = [...this.#subscribers];
    const clinicIds = [...new Set(looked.map(({ actor }) => actor.clinicId))];
    const sessionIds = [...new Set(looked.map(({ actor }) => actor.sessionId))];
    // The sessions are read last, so that nobody is told about changes made after their access ended.
    const [rows, sessions] = await this.#db.system((tx) =>
      Promise.all([listRecentChanges(tx, this.#announced, clinicIds, lookBackSeconds), listSessions(tx, sessionIds)]),
    );
    this.#applyStandings(looked, sessions);
    const now = Date.now();
    for (const row of rows.filter(({ id }) => !this.#seen.has(id))) this.#announce(row, now);
    rows.forEach(({ id }) => this.#seen.set(id, now));
    for (const [id, at] of this.#seen) if (now - at > lookBackSeconds * 2000) this.#seen.delete(id);
    this.#keepAlive(now);
  }

  /** Ends all streams, so that the server can stop. Browsers reconnect by themselves. */
  close(): void {
    for (const subscriber of this.#subscribers) this.#end(subscriber);
  }

  #makeRoom(actor: Actor): void {
    const all = [...this.#subscribers];
    const ofPerson = all.filter((other) => other.actor.professionalId === actor.professionalId);
    const ofSession = ofPerson.filter((other) => other.actor.sessionId === actor.sessionId);
    const surplus = new Set([
      ...ofSession.slice(0, Math.max(0, ofSession.length - this.#limits.session + 1)),
      ...ofPerson.slice(0, Math.max(0, ofPerson.length - this.#limits.person + 1)),
    ]);
    for (const subscriber of surplus) {
      // A long pause, or many open windows would push out each other's streams every few seconds.
      subscriber.stream.write('retry: 60000\n\n');
      this.#end(subscriber);
    }
    const left = all.filter((other) => !surplus.has(other));
    if (left.filter((other) => other.actor.clinicId === actor.clinicId).length >= this.#limits.clinic)
      throw limitReached('too_many_requests', 30);
    if (left.length >= this.#limits.process) throw limitReached('unavailable', 30);
  }

  #end(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    subscriber.stream.end();
    setTimeout(() => subscriber.stream.destroy(), graceToRead).unref();
  }

  #endOverdue(now: number): void {
    for (const subscriber of this.#subscribers) {
      const { actor, stream } = subscriber;
      if (actor.accessUntil.getTime() <= now) this.#end(subscriber);
      else if (stream.readableLength + stream.writableLength > longestBacklog) stream.destroy();
    }
  }

  #applyStandings(looked: readonly Subscriber[], sessions: readonly SessionNow[]): void {
    const byId = new Map(sessions.map((session) => [session.id, session]));
    for (const subscriber of looked) {
      const { actor } = subscriber;
      const session = byId.get(actor.sessionId);
      if (session?.clinic_id !== actor.clinicId || session.professional_id !== actor.professionalId)
        this.#end(subscriber);
      else subscriber.actor = { ...actor, ...session.standing };
    }
  }

  #announce(row: ChangeRow, now: number): void {
    for (const subscriber of this.#subscribers) {
      const { actor } = subscriber;
      if (actor.clinicId !== row.clinic_id || !isToldTo(actor, row)) continue;
      const data = JSON.stringify(presentChange(actor, row));
      this.#write(subscriber, `id: ${row.id}\nevent: change\ndata: ${data}\n\n`, now);
    }
  }

  /** Keeps proxies from closing quiet streams, and notices readers who are gone. */
  #keepAlive(now: number): void {
    for (const subscriber of this.#subscribers)
      if (now - subscriber.writtenAt > heartbeatSeconds * 1000) this.#write(subscriber, ': still here\n\n', now);
  }

  #write(subscriber: Subscriber, text: string, now: number): void {
    subscriber.writtenAt = now;
    subscriber.stream.write(text);
  }
}
