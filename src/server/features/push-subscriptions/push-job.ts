import { z } from 'zod';
import { defineJob } from '../../jobs/definition.ts';

/** Tells one device that a client answered. Nothing in it says who or when. */
export const pushJob = defineJob({
  name: 'send_push',
  payload: z.object({
    clinicId: z.string(),
    subscriptionId: z.string(),
    answer: z.enum(['confirm', 'cancel', 'reschedule']),
    /** Not sent any more after this. */
    until: z.iso.datetime(),
  }),
  worker: 'quick',
  // After sign-in codes.
  priority: 10,
});

export type Push = z.output<typeof pushJob.payload>;
export type Answer = Push['answer'];
