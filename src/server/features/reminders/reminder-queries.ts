import { ago, purgeWith } from '../../db/purge.ts';
import { callName } from '../../db/person-name.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Reminder } from './reminder-job.ts';

/**
 * Notes reminders whose moment has come and gives those that are to be sent. A row exists once for each appointment, start and
 * time before it, so that several processes note each once. Not noted are reminders
 * - whose moment was before the appointment got its start, or before the clinic chose these times;
 * - that are late by more than twelve hours, because the server was away;
 * - that come after one closer to the start. Of several that are due at once only the closest is sent.
 */
const noteDue = (limit: number) => sql<Reminder & { readonly state: string }>`
  with due as (
    select a.clinic_id, a.id as appointment_id, a.start_at, rule.minutes,
      row_number() over (partition by a.clinic_id, a.id order by rule.minutes) as place
    from clinics k
    cross join lateral (
      select distinct (item ->> 'minutesBefore')::int as minutes
      from jsonb_array_elements(k.reminders) as item where item ->> 'channel' = 'email'
    ) as rule
    join appointments a on a.clinic_id = k.id
      and a.start_at > now() + make_interval(mins => greatest(0, rule.minutes - 720))
      and a.start_at <= now() + make_interval(mins => rule.minutes)
    where a.deleted_at is null and a.status in ('scheduled', 'confirmed') and k.suspended_at is null
      and a.start_set_at <= a.start_at - make_interval(mins => rule.minutes)
      and k.updated_at - interval '5 minutes' <= a.start_at - make_interval(mins => rule.minutes)
      and not exists (
        select 1 from appointment_reminders r
        where r.clinic_id = a.clinic_id and r.appointment_id = a.id and r.start_at = a.start_at
          and r.minutes_before <= rule.minutes
      )
    limit ${limit}
  )
  insert into appointment_reminders (clinic_id, appointment_id, start_at, minutes_before, state)
  select clinic_id, appointment_id, start_at, minutes, case place when 1 then 'queued' else 'unsent' end from due
  on conflict do nothing
  returning clinic_id as "clinicId", appointment_id as "appointmentId", start_at::text as "startAt",
    minutes_before as "minutesBefore", state`;

/** @returns the reminders noted as due: those to be queued, and how many there were in all */
export async function noteDueReminders(
  tx: Transaction,
  limit: number,
): Promise<{ readonly toSend: Reminder[]; readonly noted: number }> {
  const rows = await tx.run(noteDue(limit));
  const toSend = rows
    .filter(({ state }) => state === 'queued')
    .map(({ clinicId, appointmentId, startAt, minutesBefore }) => ({
      clinicId,
      appointmentId,
      startAt,
      minutesBefore,
    }));
  return { toSend, noted: rows.length };
}

export interface ClaimedReminder {
  readonly start_at: Date;
  readonly end_at: Date;
  readonly local_start: string;
  readonly email: string;
  readonly first_name: string;
  readonly clinic_name: string;
  readonly clinic_phone: string | null;
  readonly clinic_address: string | null;
}

const thisReminder = ({ clinicId, appointmentId, startAt, minutesBefore }: Reminder) =>
  sql`r.clinic_id = ${clinicId} and r.appointment_id = ${appointmentId}
    and r.start_at = ${startAt}::timestamptz and r.minutes_before = ${minutesBefore}`;

/**
 * Takes a reminder for sending if it still is to be sent: asked at this moment, not when it was queued. The appointment is locked,
 * so that a cancellation is either seen here or comes after. @returns what the mail says, or nothing
 */
export async function claimReminder(tx: Transaction, reminder: Reminder): Promise<ClaimedReminder | undefined> {
  const [, rows] = await Promise.all([
    // For app.records_of and app.refuses_messages.
    tx.run(sql`select set_config('app.clinic_id', ${reminder.clinicId}, true)`),
    tx.run(
      sql<ClaimedReminder>`
        with a as (
          select a.* from appointments a
          where a.clinic_id = ${reminder.clinicId} and a.id = ${reminder.appointmentId} for share
        )
        update appointment_reminders r set state = 'sending', tried_at = now()
        from a
        join clients c on c.clinic_id = a.clinic_id and c.id = a.client_id
        join clinics k on k.id = a.clinic_id
        where ${thisReminder(reminder)} and r.state in ('queued', 'waiting')
          and a.start_at = r.start_at and a.start_at > now()
          and a.deleted_at is null and a.status in ('scheduled', 'confirmed')
          and a.start_set_at <= a.start_at - make_interval(mins => r.minutes_before)
          and c.archived_at is null and c.email is not null and k.suspended_at is null
          and k.reminders @> jsonb_build_array(jsonb_build_object('minutesBefore', r.minutes_before, 'channel', 'email'))
          and not exists (
            select 1 from appointment_reminders closer
            where closer.clinic_id = r.clinic_id and closer.appointment_id = r.appointment_id
              and closer.start_at = r.start_at and closer.minutes_before < r.minutes_before
          )
          and coalesce((
            select p.email from reminder_preferences p
            where p.clinic_id = c.clinic_id and p.client_id in (select app.records_of(c.id))
            order by p.updated_at desc limit 1
          ), true)
          and not app.refuses_messages(c.id)
        returning a.start_at, a.end_at, to_char(a.local_start, 'YYYY-MM-DD"T"HH24:MI') as local_start, c.email,
          ${callName('c')} as first_name,
          k.name as clinic_name, k.phone as clinic_phone, k.address as clinic_address`,
    ),
  ]);
  return rows[0];
}

export type ReminderState = 'waiting' | 'sent' | 'unsent' | 'unknown';

/** Notes what became of a reminder that is in one of the states `from`. */
export const settleReminder = (
  tx: Transaction,
  reminder: Reminder,
  from: readonly string[],
  to: ReminderState,
): Promise<unknown> =>
  tx.run(
    sql`update appointment_reminders r set state = ${to}, settled_at = now()
      where ${thisReminder(reminder)} and r.state = any (${from}::text[])`,
  );

/** Forgets which reminders of appointments were noted: they have other clients now. */
export const forgetReminders = (
  tx: Transaction,
  clinicId: string,
  appointmentIds: readonly string[],
): Promise<unknown> =>
  tx.run(
    qb
      .deleteFrom('appointment_reminders')
      .where('clinic_id', '=', clinicId)
      .where('appointment_id', '=', sql<string>`any (${appointmentIds}::uuid[])`),
  );

/** Rows are needed for as long as their appointment may still be moved back to the same start. */
export const outlivedReminders = purgeWith((limit) =>
  qb
    .deleteFrom('appointment_reminders')
    .where(
      sql<boolean>`ctid in (select ctid from appointment_reminders where start_at < ${ago('90 days')} limit ${limit})`,
    ),
);

/**
 * After an archive was restored: which of the reminders due by now were sent since it was made is unknown, so none of them is.
 */
export async function skipDueReminders(tx: Transaction): Promise<void> {
  await tx.run(sql`update appointment_reminders set state = 'unknown' where state in ('queued', 'waiting', 'sending')`);
  await tx.run(
    sql`insert into appointment_reminders (clinic_id, appointment_id, start_at, minutes_before, state, settled_at)
      select a.clinic_id, a.id, a.start_at, rule.minutes, 'unknown', now()
      from clinics k
      cross join lateral (
        select distinct (item ->> 'minutesBefore')::int as minutes from jsonb_array_elements(k.reminders) as item
      ) as rule
      join appointments a on a.clinic_id = k.id
        and a.start_at > now() and a.start_at <= now() + make_interval(mins => rule.minutes)
      on conflict do nothing`,
  );
}

/** Gives up the reminders of a clinic that were on their way when it was exported: the other installation may have sent them. */
export const giveUpReminders = (tx: Transaction, clinicId: string): Promise<unknown> =>
  tx.run(
    sql`update appointment_reminders set state = 'unknown'
      where clinic_id = ${clinicId} and state in ('queued', 'waiting', 'sending')`,
  );
