import { z } from 'zod';
import { roles } from '../../../shared/permissions.ts';
import { defineJob } from '../../jobs/definition.ts';

export const copyJob = defineJob({
  name: 'make_copy',
  payload: z.object({
    copyId: z.string(),
    /** In whose name it is made: their session and role are checked when it is. */
    actor: z.object({
      sessionId: z.string(),
      professionalId: z.string(),
      clinicId: z.string(),
      role: z.enum(roles),
      requestId: z.string(),
      address: z.string(),
    }),
  }),
  worker: 'long',
});

export type CopyPayload = z.output<typeof copyJob.payload>;
