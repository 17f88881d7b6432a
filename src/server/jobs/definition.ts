import type { z } from 'zod';

/** A kind of job: what the code that queues it and the code that runs it have to agree on. */
export interface JobDefinition<Payload> {
  /** Its name in the queue. Do not change it: jobs queued by the previous release have it too. */
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  /** `quick` for mails and the like, `long` for minutes of work. Each has its own worker, so neither waits for the other. */
  readonly worker: 'quick' | 'long';
  /** Lower numbers run first; 0 by default. */
  readonly priority?: number;
}

/** A kind of job with the function that runs it. */
export interface Job {
  readonly name: string;
  readonly worker: JobDefinition<unknown>['worker'];
  /** Throws when the payload is invalid or the work fails; the queue then tries again, unless that cannot help. */
  readonly run: (payload: unknown) => Promise<void>;
}

/** Returns the definition as it is; exists so that TypeScript infers the payload's type. */
export const defineJob = <Payload>(definition: JobDefinition<Payload>): JobDefinition<Payload> => definition;

/** Binds a kind of job to the work that it does. The payload is validated first. */
export const runJob = <Payload>(
  { name, worker, payload }: JobDefinition<Payload>,
  work: (payload: Payload) => Promise<void>,
): Job => ({ name, worker, run: async (queued) => work(payload.parse(queued)) });
