import { z } from 'zod';
import { defineJob } from '../../jobs/definition.ts';

/** Tells a professional by mail that a colleague opened a client of theirs. */
export const noticeJob = defineJob({
  name: 'send_emergency_notice',
  payload: z.object({ accessId: z.uuid() }),
  worker: 'quick',
});
