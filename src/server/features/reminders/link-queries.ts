import type { Scope } from '../../../shared/permissions.ts';
import { ago, purgeWith } from '../../db/purge.ts';
import { callName } from '../../db/person-name.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

const wallTime = (column: string) => sql<string>`to_char(${sql.ref(column)}, 'YYYY-MM-DD"T"HH24:MI')`;

/** Appointments with their client and clinic, as messages and the public page name them. */
const selectMessageFacts = () =>
  qb
    .selectFrom('appointments as a')
    .innerJoin('clients as c', (join) =>
      join.onRef('c.clinic_id', '=', 'a.clinic_id').onRef('c.id', '=', 'a.client_id'),
    )
    .innerJoin('clinics as k', 'k.id', 'a.clinic_id')
    .select(['a.clinic_id', 'a.id', 'a.start_at', 'a.end_at', 'a.time_zone', 'a.status', 'a.client_answer'])
    .select(wallTime('a.local_start').as('local_start'))
    .select(['c.phone', 'c.archived_at', 'k.name as clinic_name', 'k.phone as clinic_phone'])
    .select(callName('c').as('first_name'))
    .where('a.deleted_at', 'is', null);

/** Keeps an appointment as it is until the transaction ends: it waits for a change that is under way. */
export const holdAppointment = (tx: Transaction, id: string): Promise<unknown> =>
  tx.run(qb.selectFrom('appointments').select('id').where('id', '=', id).forShare());

/** The facts of an appointment that the person may see. */
export async function findMessageFacts(tx: Transaction, id: string, scope: Scope) {
  const rows = await tx.run(
    selectMessageFacts()
      .select(['a.professional_id', 'a.client_id'])
      .select(sql<boolean>`app.refuses_messages(c.id)`.as('refuses_messages'))
      .where('a.id', '=', id)
      .where(inScope(scope, 'a.professional_id', 'a.client_id')),
  );
  return rows[0];
}

export type MessageFactsRow = NonNullable<Awaited<ReturnType<typeof findMessageFacts>>>;

/** The facts of a link's appointment, with the start that its message named. For a system transaction. */
export async function findLinkedAppointment(tx: Transaction, key: string) {
  const rows = await tx.run(
    selectMessageFacts()
      .innerJoin('confirmation_links as l', (join) =>
        join.onRef('l.clinic_id', '=', 'a.clinic_id').onRef('l.appointment_id', '=', 'a.id'),
      )
      .select(['l.start_at as linked_start'])
      .leftJoin('privacy_settings as s', 's.clinic_id', 'a.clinic_id')
      .select('s.public_name')
      .select(sql<boolean>`exists (select from policy_versions v where v.clinic_id = a.clinic_id)`.as('has_policies'))
      .where('l.key', '=', key)
      .where('l.revoked_at', 'is', null)
      .where('c.archived_at', 'is', null)
      .where('k.suspended_at', 'is', null)
      .where('a.end_at', '>', sql<Date>`now()`),
  );
  return rows[0];
}

export type LinkedAppointmentRow = NonNullable<Awaited<ReturnType<typeof findLinkedAppointment>>>;

interface LinkTarget {
  readonly clinicId: string;
  readonly appointmentId: string;
  readonly startAt: Date;
  readonly endAt: Date;
}

/** The key of the link that an appointment has for this start, if any. */
export async function findLinkKey(tx: Transaction, { clinicId, appointmentId, startAt }: LinkTarget) {
  const rows = await tx.run(
    qb
      .selectFrom('confirmation_links')
      .select('key')
      .where('clinic_id', '=', clinicId)
      .where('appointment_id', '=', appointmentId)
      .where('start_at', '=', startAt)
      .where('revoked_at', 'is', null)
      .limit(1),
  );
  return rows[0]?.key;
}

export const insertLink = (tx: Transaction, key: string, target: LinkTarget): Promise<unknown> =>
  tx.run(
    qb.insertInto('confirmation_links').values({
      key,
      clinic_id: target.clinicId,
      appointment_id: target.appointmentId,
      start_at: target.startAt,
      expires_at: target.endAt,
    }),
  );

export const revokeLinksOfAppointments = (
  tx: Transaction,
  clinicId: string,
  appointmentIds: readonly string[],
): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('confirmation_links')
      .set({ revoked_at: sql`now()` })
      .where('clinic_id', '=', clinicId)
      .where('appointment_id', '=', sql<string>`any (${appointmentIds}::uuid[])`)
      .where('revoked_at', 'is', null),
  );

/** Revokes the links of all appointments of clients. */
export const revokeLinksOf = (tx: Transaction, clinicId: string, clientIds: readonly string[]): Promise<unknown> =>
  tx.run(
    sql`update confirmation_links l set revoked_at = now() from appointments a
      where a.clinic_id = ${clinicId} and a.client_id = any (${clientIds}::uuid[]) and l.revoked_at is null
        and l.clinic_id = a.clinic_id and l.appointment_id = a.id`,
  );

/** Links end with their appointment; the rows stay for three months more. */
export const outlivedLinks = purgeWith((limit) =>
  qb
    .deleteFrom('confirmation_links')
    .where(
      'key',
      'in',
      qb.selectFrom('confirmation_links').select('key').where('expires_at', '<', ago('90 days')).limit(limit),
    ),
);
