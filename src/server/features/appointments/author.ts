import type { Actor } from '../../http/actor.ts';

/** Who changes an appointment: a signed-in person, or nobody: the client by the link of a message, or a rule. */
export type Author = Actor | SystemAuthor;

export interface SystemAuthor {
  readonly clinicId: string;
  readonly professionalId: null;
  readonly sessionId: null;
  /** For the audit trail: the request, or the name of the job. */
  readonly requestId: string;
  readonly address: string;
}

/** The author of what a job does. */
export const systemAuthor = (clinicId: string, job: string): SystemAuthor => ({
  clinicId,
  professionalId: null,
  sessionId: null,
  requestId: job,
  address: '127.0.0.1',
});
