import { PassThrough } from 'node:stream';
import type { ChangeEvent } from '../../../shared/contracts/events.ts';
import type { Role } from '../../../shared/contracts/auth.ts';
import { mayFor, mayForAll } from '../../../shared/permissions.ts';
import type { Database } from '../../db/transaction.ts';
import { limitReached } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import type { AuditAction } from '../audit/api.ts';
import { type ChangeRow, listRecentChanges, listStandings, type Standing } from './queries.ts';

/** Seconds that a transaction may take from its event to its commit and still be announced. */
const lookBackSeconds = 10;
const heartbeatSeconds = 25;
/** Bytes that may still wait for a reader a second later; whoever reads more slowly than a clinic works is cut off. */
const longestBacklog = 32 * 1024;
/** Milliseconds for the rest of an ended stream to be read. */
const graceToRead = 1000;

/** Streams at once. In a session and for a person the newest ones stay; a clinic's and the process's are refused. */
interface StreamLimits {
  readonly session: number;
  readonly person: number;
  readonly clinic: number;
  readonly process: number;
}
const streamLimits: StreamLimits = { session: 4, person: 12, clinic: 200, process: 2000 };

interface Subscriber {
  /** As of the last look at the session: the role may change. */
  actor: Actor;
  readonly stream: PassThrough;
  writtenAt: number;
}

/**
 * The change feed of one process: while anybody listens, it reads the audit trail once a second and passes on what
 * happened. With it, it reads the sessions of all listeners: a stream tells what a request of the same moment would be told,
 * and ends with its access token or session. PostgreSQL's NOTIFY was left aside: it makes all commits of a server take turns.
 */
export class ChangeFeed {
  readonly #db: Database;
  readonly #announced: readonly AuditAction[];
  readonly #limits: StreamLimits;
  /** In the order in which they came. */
  readonly #subscribers = new Set<Subscriber>();
  readonly #seen = new Map<string, number>();

  constructor(db: Database, announced: readonly AuditAction[], limits = streamLimits) {
    this.#db = db;
    this.#announced = announced;
    this.#limits = limits;
  }

  /** How many streams are open. */
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

  /** One look at the trail and at the sessions; called about once a second. */
  async poll(): Promise<void> {
    this.#endOverdue(Date.now());
    if (this.#subscribers.size === 0) return;
    const looked = [...this.#subscribers];
    const clinicIds = [...new Set(looked.map(({ actor }) => actor.clinicId))];
    const sessionIds = [...new Set(looked.map(({ actor }) => actor.sessionId))];
    // The sessions last: nothing is told to somebody whose access ended before it was read.
    const [rows, standings] = await this.#db.system((tx) =>
      Promise.all([listRecentChanges(tx, this.#announced, clinicIds, lookBackSeconds), listStandings(tx, sessionIds)]),
    );
    this.#applyStandings(looked, standings);
    const now = Date.now();
    for (const row of rows.filter(({ id }) => !this.#seen.has(id))) this.#announce(row, now);
    rows.forEach(({ id }) => this.#seen.set(id, now));
    for (const [id, at] of this.#seen) if (now - at > lookBackSeconds * 2000) this.#seen.delete(id);
    this.#keepAlive(now);
  }

  /** Ends every stream, so that the server can stop; browsers come back by themselves. */
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
      // Otherwise the pages of many windows would push each other out every few seconds.
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

  #applyStandings(looked: readonly Subscriber[], standings: readonly Standing[]): void {
    const bySession = new Map(standings.map((standing) => [standing.id, standing]));
    for (const subscriber of looked) {
      const { actor } = subscriber;
      const standing = bySession.get(actor.sessionId);
      if (standing?.clinic_id !== actor.clinicId || standing.professional_id !== actor.professionalId)
        this.#end(subscriber);
      else if (standing.role !== actor.role) subscriber.actor = { ...actor, role: standing.role as Role };
    }
  }

  #announce(row: ChangeRow, now: number): void {
    for (const subscriber of this.#subscribers) {
      const { actor } = subscriber;
      if (actor.clinicId !== row.clinic_id || !concerns(actor, row)) continue;
      const data = JSON.stringify(presentChange(actor, row));
      this.#write(subscriber, `id: ${row.id}\nevent: change\ndata: ${data}\n\n`, now);
    }
  }

  /** So that proxies leave a quiet stream open and a reader who is gone is noticed. */
  #keepAlive(now: number): void {
    for (const subscriber of this.#subscribers)
      if (now - subscriber.writtenAt > heartbeatSeconds * 1000) this.#write(subscriber, ': still here\n\n', now);
  }

  #write(subscriber: Subscriber, text: string, now: number): void {
    subscriber.writtenAt = now;
    subscriber.stream.write(text);
  }
}

/** Professionals hear of their own clients, as they see no others. */
const concerns = (actor: Actor, row: ChangeRow): boolean =>
  row.record_type !== 'client' || mayFor(actor, 'clients.read.registration', row.owner_id ?? nobody);

const nobody = '00000000-0000-0000-0000-000000000000';

/** That a colleague's import changed the list concerns everybody; which one it was only those who may open it. */
function presentChange(actor: Actor, row: ChangeRow): ChangeEvent {
  const isForeign =
    row.record_type === 'import' && !mayForAll(actor.role, 'imports.run') && row.imported_by !== actor.professionalId;
  return {
    recordType: row.record_type as ChangeEvent['recordType'],
    recordId: isForeign ? nobody : (row.record_id ?? nobody),
    by: isForeign ? null : row.actor_id,
    at: row.at.toISOString(),
  };
}
