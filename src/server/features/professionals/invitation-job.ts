import { z } from 'zod';
import { defineJob } from '../../jobs/definition.ts';

/** Mails a person that they have access now. */
export const invitationJob = defineJob({
  name: 'send_invitation',
  payload: z.object({
    professionalId: z.string(),
    /** Id of the professional who invites. */
    invitedBy: z.string(),
    locale: z.enum(['pt-BR', 'en']),
  }),
  worker: 'quick',
});

export type InvitationPayload = z.output<typeof invitationJob.payload>;
