import { z } from 'zod';
import { defineJob } from '../../jobs/definition.ts';

/** Mails the day's heads to the address that the host's operator has configured. */
export const headJob = defineJob({
  name: 'send_audit_heads',
  payload: z.object({
    /** `YYYY-MM-DD`, UTC. */
    day: z.string(),
    /** As writeHeads writes them. */
    heads: z.string(),
  }),
  worker: 'quick',
});

export type HeadPayload = z.output<typeof headJob.payload>;
