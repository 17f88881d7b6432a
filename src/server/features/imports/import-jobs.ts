import { z } from 'zod';
import { defineJob } from '../../jobs/definition.ts';

/** The request that queued the job; missing in jobs of the previous release. */
const asked = z.object({ address: z.string(), requestId: z.string() }).exactOptional();

export const importJob = defineJob({
  name: 'run_import',
  payload: z.object({ importId: z.string(), asked }),
  worker: 'long',
});

export const undoJob = defineJob({
  name: 'undo_import',
  payload: z.object({ importId: z.string(), actorId: z.string(), sessionId: z.string().nullable(), asked }),
  worker: 'long',
});

/** The payloads by the names of tasks that `app.queue_import` accepts. */
export interface ImportPayloads {
  readonly run_import: z.output<typeof importJob.payload>;
  readonly undo_import: z.output<typeof undoJob.payload>;
}
