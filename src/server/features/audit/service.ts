import type { Expression } from 'kysely';
import type { Actor, Caller } from '../../http/actor.ts';
import { repeatInSteps } from '../../db/repeat-in-steps.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import type { AuditEvent } from './actions.ts';
import { chooseCapacity } from './capacity-queries.ts';
import { insertActorEvents, insertEvent, insertEventEverywhere, insertEvents, sealUnsealed } from './queries.ts';

/** Adds the capacity in which somebody acts, as far as it is known without asking for the record. */
const inCapacity = (actor: Actor, event: AuditEvent): AuditEvent => ({
  ...event,
  details: { as: chooseCapacity(actor, event.recordType).as, ...event.details },
});

/** Records what a signed-in person does, in the same transaction; with `when`, only if that subquery finds a row. */
export const recordEvent = (
  tx: Transaction,
  actor: Actor,
  event: AuditEvent,
  when?: Expression<unknown>,
): Promise<unknown> =>
  insertEvent(
    tx,
    {
      ...{ clinicId: actor.clinicId, actorId: actor.professionalId, sessionId: actor.sessionId, caller: actor },
      event: inCapacity(actor, event),
      ...(event.details?.as === undefined ? { acting: actor } : {}),
    },
    when,
  );

/** Records what a signed-in person does to several records at once, in the same transaction. */
export const recordEvents = (tx: Transaction, actor: Actor, events: readonly AuditEvent[]): Promise<unknown> =>
  insertActorEvents(
    tx,
    {
      clinicId: actor.clinicId,
      actorId: actor.professionalId,
      sessionId: actor.sessionId,
      caller: actor,
      acting: actor,
    },
    events.map((event) => inCapacity(actor, event)),
  );

/** Records what happens without a signed-in person, such as signing in. */
export const recordSystemEvent = (
  tx: Transaction,
  who: {
    readonly clinicId: string;
    readonly actorId: string | null;
    readonly sessionId: string | null;
    readonly caller: Caller;
  },
  event: AuditEvent,
): Promise<unknown> => insertEvent(tx, { ...who, event });

/** Records what an operator does to the whole installation, in the trail of every clinic. */
export const recordOperatorEvent = (tx: Transaction, command: string, event: AuditEvent): Promise<unknown> =>
  insertEventEverywhere(tx, `acolhe ${command}`, event);

/** Records what an operator's command does to records of several clinics. */
export const recordOperatorEvents = (
  tx: Transaction,
  command: string,
  events: readonly { readonly clinicId: string; readonly event: AuditEvent }[],
): Promise<unknown> => insertEvents(tx, `acolhe ${command}`, events);

/** How far back events are looked for, as an interval; null: all. Hardly any transaction of a request lasts 20 seconds. */
const windows = { latest: '20 seconds', recent: '15 minutes', all: null } as const;

/** The most events that app.seal_audit_events seals at once. */
const mostAtOnce = 5000;

/**
 * Seals events into their clinic's hash chain. `latest` finds those of requests, `recent` also those of long transactions, and
 * `all` what a stopped process left behind. @returns the number sealed
 */
export const sealEvents = (db: Database, which: keyof typeof windows): Promise<number> =>
  repeatInSteps(() => db.system((tx) => sealUnsealed(tx, windows[which])), mostAtOnce);
