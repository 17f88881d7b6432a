import { type Expression, sql } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Caller } from '../../http/actor.ts';

interface EventRow {
  readonly clinicId: string;
  readonly actorId: string | null;
  readonly sessionId: string | null;
  readonly caller: Caller;
  readonly event: { readonly action: string; readonly recordType?: string; readonly recordId?: string };
}

/** Inserts an event; with `when`, only if that subquery finds a row. */
export const insertEvent = (tx: Transaction, row: EventRow, when?: Expression<unknown>): Promise<unknown> =>
  tx.run(
    qb
      .insertInto('audit_events')
      .columns(['clinic_id', 'actor_id', 'session_id', 'action', 'record_type', 'record_id', 'address', 'request_id'])
      .expression(
        qb
          .selectNoFrom([
            sql<string>`${row.clinicId}::uuid`.as('clinic_id'),
            sql<string>`${row.actorId}::uuid`.as('actor_id'),
            sql<string>`${row.sessionId}::uuid`.as('session_id'),
            sql<string>`${row.event.action}`.as('action'),
            sql<string>`${row.event.recordType ?? null}`.as('record_type'),
            sql<string>`${row.event.recordId ?? null}::uuid`.as('record_id'),
            sql<string>`${row.caller.address}::inet`.as('address'),
            sql<string>`${row.caller.requestId}`.as('request_id'),
          ])
          .$if(when !== undefined, (query) => query.where(sql<boolean>`exists (${when})`)),
      ),
  );

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
      })),
    ),
  );
};

export async function sealUnsealed(tx: Transaction, since: string | null): Promise<number> {
  const rows = await tx.run<{ sealed: number }>(
    sql<{ sealed: number }>`select app.seal_audit_events(${since}::interval) as sealed`.compile(qb),
  );
  return rows[0]?.sealed ?? 0;
}
