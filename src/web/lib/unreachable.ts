import { noteConnection } from './connection.ts';
import { takeEarlyAnswer } from './early-answers.ts';

/** The server gave no answer: there is no connection, or the server is down. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('the server could not be reached', { cause });
    this.name = 'UnreachableError';
  }
}

/** A fetch that throws UnreachableError when no answer comes. fetch's own TypeError could also be a bug in the caller. */
export const fetchOrThrow: typeof fetch = async (input, init) => {
  try {
    const response = await (takeEarlyAnswer(input, init?.method) ?? fetch(input, init));
    noteConnection(true);
    return response;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    noteConnection(false);
    throw new UnreachableError(error);
  }
};
