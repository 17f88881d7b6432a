import type { z } from 'zod';

/** A kind of job, as whoever queues it and whoever runs it know it. */
export interface JobDefinition<Payload> {
  /** Its name in the queue: jobs of the release before bear it too. */
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  /** `quick` jobs are mails and the like; `long` ones run for minutes. Neither waits for the other. */
  readonly worker: 'quick' | 'long';
  /** The least runs first; 0 when left out. */
  readonly priority?: number;
}

/** A kind of job with what it does. */
export interface Job {
  readonly name: string;
  readonly worker: JobDefinition<unknown>['worker'];
  /** Throws when the payload is not of the kind, or the work fails; either way the job is tried again, unless that cannot help. */
  readonly run: (payload: unknown) => Promise<void>;
}

/** Keeps the exact type of the payload. */
export const defineJob = <Payload>(definition: JobDefinition<Payload>): JobDefinition<Payload> => definition;

/** Says what is done for each job of a kind. */
export const runJob = <Payload>(
  { name, worker, payload }: JobDefinition<Payload>,
  work: (payload: Payload) => Promise<void>,
): Job => ({ name, worker, run: async (queued) => work(payload.parse(queued)) });
