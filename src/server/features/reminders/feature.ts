import type { Feature } from '../../feature.ts';
import { runJob } from '../../jobs/definition.ts';
import { outlivedLinks } from './link-queries.ts';
import { reminderJob } from './reminder-job.ts';
import { reminderRecords, reminderTables } from './records.ts';
import { giveUpReminders, outlivedReminders, skipDueReminders } from './reminder-queries.ts';
import { queueDueReminders, sendReminder } from './reminders.ts';
import { registerReminderRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    confirmation_link_made: 'appointment';
    confirmation_link_revoked: 'appointment';
    reminders_chosen: 'client';
  }
}

/** Mails and messages that ask clients to confirm, and what they answer. */
export const reminders: Feature = {
  name: 'reminders',
  tables: ['appointment_reminders', 'confirmation_links', 'reminder_preferences'],
  routes: registerReminderRoutes,
  clientRecords: reminderRecords,
  clientTables: reminderTables,
  exposes: {
    confirmation_link_made: ['agenda', 'contact'],
    confirmation_link_revoked: ['agenda'],
    reminders_chosen: ['contact'],
  },
  jobs: (context) => [runJob(reminderJob, (reminder) => sendReminder(context, reminder))],
  periodicTasks: ({ db }) => [
    {
      everySeconds: 15,
      run: () => queueDueReminders(db),
      failure: { event: 'reminders_not_queued', message: 'reminders that are due wait for a quarter of a minute' },
    },
  ],
  purges: { confirmationLinks: outlivedLinks, appointmentReminders: outlivedReminders },
  afterRestore: skipDueReminders,
  staysBehind: ['confirmation_links'],
  afterClinicImport: giveUpReminders,
};
