import { z } from 'zod';
import { defineJob } from '../../jobs/definition.ts';

/** Mails a client that their appointment comes. */
export const reminderJob = defineJob({
  name: 'send_reminder',
  payload: z.object({
    clinicId: z.string(),
    appointmentId: z.string(),
    /** As PostgreSQL writes it, to the microsecond. */
    startAt: z.string(),
    minutesBefore: z.number(),
  }),
  worker: 'quick',
  // After sign-in codes.
  priority: 10,
});

export type Reminder = z.output<typeof reminderJob.payload>;
