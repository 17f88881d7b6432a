import { z } from 'zod';
import { defineJob } from '../../jobs/definition.ts';

/** Makes a requested code and mails it. */
export const signInCodeJob = defineJob({
  name: 'send_sign_in_code',
  payload: z.object({
    email: z.string(),
    /** The known device that asked, or empty. */
    deviceKey: z.string(),
    requestKey: z.string(),
    /** RFC 3339, UTC. */
    requestedAt: z.string(),
    number: z.number(),
    /** The request's place among all of them; jobs of the release before have none. */
    order: z.string().exactOptional(),
    locale: z.enum(['pt-BR', 'en']),
  }),
  worker: 'quick',
  // Somebody waits in front of the sign-in page: whatever the queue holds, a code is next.
  priority: -100,
});

export type SignInCodePayload = z.output<typeof signInCodeJob.payload>;
