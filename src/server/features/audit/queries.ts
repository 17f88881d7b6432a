import type { Expression } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { AuditDetails } from '../../../shared/contracts/audit.ts';
import type { Caller } from '../../http/actor.ts';
import { type Acting, chooseCapacity, selectCapacity } from './capacity-queries.ts';

interface EventRow {
  readonly clinicId: string;
  readonly actorId: string | null;
  readonly sessionId: string | null;
  readonly caller: Caller;
  readonly event: {
    readonly action: string;
    readonly recordType?: string;
    readonly recordId?: string;
    readonly details?: AuditDetails;
  };
  /** Who acts, when the capacity may depend on whose the record is. */
  readonly acting?: Acting;
}

/** The details as jsonb, with the capacity in which the person sees the record where that depends on the record. */
function describe({ acting, event }: Pick<EventRow, 'acting' | 'event'>, recordId: Sql): Sql<string> {
  const details = sql<string>`${event.details === undefined ? null : JSON.stringify(event.details)}::jsonb`;
  const byRecord = acting && chooseCapacity(acting, event.recordType).byRecord;
  if (acting === undefined || byRecord === undefined) return details;
  return sql<string>`${details} || jsonb_strip_nulls(jsonb_build_object('as', ${selectCapacity(acting, byRecord, recordId)}))`;
}

const eventColumns = sql.raw(
  'clinic_id, actor_id, session_id, action, record_type, record_id, address, request_id, details',
);

/** Inserts an event; with `when`, only if that subquery finds a row. */
export function insertEvent(tx: Transaction, row: EventRow, when?: Expression<unknown>): Promise<unknown> {
  const { clinicId, actorId, sessionId, caller, event } = row;
  const details = describe(row, sql`${event.recordId ?? null}::uuid`);
  const condition = when === undefined ? sql`` : sql`where exists (${when})`;
  return tx.run(
    sql`insert into audit_events (${eventColumns})
      select ${clinicId}::uuid, ${actorId}::uuid, ${sessionId}::uuid, ${event.action}, ${event.recordType ?? null},
        ${event.recordId ?? null}::uuid, ${caller.address}::inet, ${caller.requestId}, ${details}
      ${condition}`,
  );
}

/** Inserts events of one person's request about records of one kind, in one statement. */
export const insertActorEvents = (
  tx: Transaction,
  { clinicId, actorId, sessionId, caller, acting }: Omit<EventRow, 'event'>,
  events: readonly EventRow['event'][],
): Promise<unknown> => {
  const [event] = events;
  const byRecord = acting && event && chooseCapacity(acting, event.recordType).byRecord;
  const details =
    acting === undefined || byRecord === undefined
      ? sql`e.details`
      : sql`e.details || jsonb_strip_nulls(jsonb_build_object('as', ${selectCapacity(acting, byRecord, sql`e."recordId"`)}))`;
  return tx.run(
    sql`insert into audit_events (${eventColumns})
      select ${clinicId}::uuid, ${actorId}::uuid, ${sessionId}::uuid, e.action, e."recordType", e."recordId",
        ${caller.address}::inet, ${caller.requestId}, ${details}
      from jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
        as e (action text, "recordType" text, "recordId" uuid, details jsonb)`,
  );
};

/** Inserts an event without an actor into every clinic. */
export const insertEventEverywhere = (tx: Transaction, requestId: string, event: EventRow['event']): Promise<unknown> =>
  tx.run(
    qb
      .insertInto('audit_events')
      .columns(['clinic_id', 'action', 'record_type', 'record_id', 'address', 'request_id'])
      .expression(
        qb
          .selectFrom('clinics')
          .select([
            'id',
            sql<string>`${event.action}`.as('action'),
            sql<string>`${event.recordType ?? null}`.as('record_type'),
            sql<string>`${event.recordId ?? null}::uuid`.as('record_id'),
            sql<string>`'127.0.0.1'::inet`.as('address'),
            sql<string>`${requestId}`.as('request_id'),
          ]),
      ),
  );

/** Inserts events of several clinics, without actor and address. */
export const insertEvents = async (
  tx: Transaction,
  requestId: string,
  events: readonly { readonly clinicId: string; readonly event: EventRow['event'] }[],
): Promise<void> => {
  if (events.length === 0) return;
  await tx.run(
    qb.insertInto('audit_events').values(
      events.map(({ clinicId, event }) => ({
        clinic_id: clinicId,
        action: event.action,
        record_type: event.recordType ?? null,
        record_id: event.recordId ?? null,
        request_id: requestId,
        details: event.details === undefined ? null : JSON.stringify(event.details),
      })),
    ),
  );
};

export async function sealUnsealed(tx: Transaction, since: string | null): Promise<number> {
  const rows = await tx.run<{ sealed: number }>(
    sql<{ sealed: number }>`select app.seal_audit_events(${since}::interval) as sealed`,
  );
  return rows[0]?.sealed ?? 0;
}

/** An event that is written later than it happened. */
export interface QueuedEvent extends EventRow {
  /** UUIDv7, so that a batch that is sent twice is written once. */
  readonly id: string;
  readonly at: Date;
  /** Written only if the record is a client of a colleague. */
  readonly ofColleague: boolean;
}

/**
 * Writes events in one statement. Those of a clinic that is gone are dropped. One that waited longer than ten minutes is dated
 * ten minutes back: the chain would take it for one that was inserted later.
 */
export const insertQueued = (tx: Transaction, events: readonly QueuedEvent[]): Promise<unknown> => {
  const rows = events.map(({ id, at, clinicId, actorId, sessionId, caller, event, ofColleague }) => ({
    ...{ id, at, clinic_id: clinicId, actor_id: actorId, session_id: sessionId, action: event.action },
    ...{ record_type: event.recordType, record_id: event.recordId, details: event.details },
    ...{ address: caller.address, request_id: caller.requestId, of_colleague: ofColleague },
  }));
  return tx.run(
    sql`insert into audit_events
        (clinic_id, id, at, actor_id, session_id, action, record_type, record_id, address, request_id, details)
      select clinic_id, id, greatest(at, clock_timestamp() - interval '10 minutes'), actor_id, session_id, action, record_type,
        record_id, address, request_id, details
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e (
        clinic_id uuid, id uuid, at timestamptz, actor_id uuid, session_id uuid, action text, record_type text, record_id uuid,
        address inet, request_id text, details jsonb, of_colleague boolean
      )
      where exists (select from clinics c where c.id = e.clinic_id)
        and (not of_colleague or exists (
          select from clients c where c.clinic_id = e.clinic_id and c.id = e.record_id and c.professional_id <> e.actor_id
        ))
      on conflict (clinic_id, id) do nothing`,
  );
};
