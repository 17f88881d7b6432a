import { z } from 'zod';
import { defineJob } from '../../jobs/definition.ts';

/** Makes a requested code and mails it. */
export const signInCodeJob = defineJob({
  name: 'send_sign_in_code',
  payload: z.object({
    email: z.string(),
    /** The key of the known device that asked, or empty. */
    deviceKey: z.string(),
    requestKey: z.string(),
    /** RFC 3339, UTC. */
    requestedAt: z.string(),
    number: z.number(),
    /** The request's sequence number; missing in jobs of the previous release. */
    order: z.string().exactOptional(),
    locale: z.enum(['pt-BR', 'en']),
  }),
  worker: 'quick',
  // Somebody is waiting for the code, so it goes before everything else in the queue.
  priority: -100,
});

export type SignInCodePayload = z.output<typeof signInCodeJob.payload>;
