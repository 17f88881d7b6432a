import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import type { Database } from '../../db/transaction.ts';
import { enqueue, messageQueue } from '../../jobs/queue.ts';
import { MailError } from '../../mail/mail-error.ts';
import type { Mailer } from '../../mail/mailer.ts';
import type { Keyring } from '../auth/api.ts';
import { provideLinkPath } from './links.ts';
import { type Reminder, reminderJob } from './reminder-job.ts';
import { composeReminder } from './reminder-mail.ts';
import { claimReminder, noteDueReminders, settleReminder } from './reminder-queries.ts';

const perTransaction = 200;

/** Queues the reminders whose moment has come. Any number of processes may do so at once. */
export async function queueDueReminders(db: Database): Promise<void> {
  for (let noted = perTransaction; noted === perTransaction;) {
    noted = await db.system(async (tx) => {
      const due = await noteDueReminders(tx, perTransaction);
      await Promise.all(
        due.toSend.map((reminder) => enqueue(tx, reminderJob, reminder, messageQueue(reminder.clinicId))),
      );
      return due.noted;
    });
  }
}

export interface ReminderDependencies {
  readonly db: Database;
  readonly mailer: Mailer;
  readonly keyring: Keyring;
  readonly config: Pick<Config, 'publicUrl'>;
  readonly log: Pick<Logger, 'warn'>;
}

/**
 * Runs the job: sends a reminder once or not at all. That it is being sent is committed before the mail server gets it; whoever
 * finds it in that state leaves it alone. It is tried again only if the server surely did not take it.
 */
export async function sendReminder(deps: ReminderDependencies, reminder: Reminder): Promise<void> {
  const { db, mailer } = deps;
  const message = await db.system((tx) => prepareMail(deps, tx, reminder));
  if (message === undefined) return;
  try {
    await mailer.send(message);
  } catch (error) {
    const state = judgeFailure(error);
    await db.system((tx) => settleReminder(tx, reminder, ['sending'], state));
    if (state !== 'unknown') throw error;
    deps.log.warn({ event: 'reminder_uncertain' }, 'a reminder may or may not have been sent, and is not sent again');
    return;
  }
  await db.system((tx) => settleReminder(tx, reminder, ['sending'], 'sent'));
}

function judgeFailure(error: unknown): 'unsent' | 'waiting' | 'unknown' {
  if (!(error instanceof MailError)) return 'unknown';
  if (error.permanent) return 'unsent';
  return error.notTaken ? 'waiting' : 'unknown';
}

async function prepareMail(
  { keyring, config }: ReminderDependencies,
  tx: Parameters<typeof claimReminder>[0],
  reminder: Reminder,
) {
  const row = await claimReminder(tx, reminder);
  if (row === undefined) {
    await settleReminder(tx, reminder, ['queued', 'waiting'], 'unsent');
    return undefined;
  }
  const target = { clinicId: reminder.clinicId, appointmentId: reminder.appointmentId };
  const path = await provideLinkPath(keyring, tx, { ...target, startAt: row.start_at, endAt: row.end_at });
  return composeReminder({
    to: row.email,
    firstName: row.first_name,
    clinicName: row.clinic_name,
    clinicPhone: row.clinic_phone,
    clinicAddress: row.clinic_address,
    localStart: row.local_start,
    url: config.publicUrl === undefined ? undefined : `${config.publicUrl}${path}`,
  });
}
