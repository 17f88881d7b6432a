import { noteConnection } from './connection.ts';

/** The server gave no answer at all: no connection, or it is down. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('the server could not be reached', { cause });
    this.name = 'UnreachableError';
  }
}

/** A fetch that throws UnreachableError when no answer comes: fetch's own TypeError could also be a mistake in code. */
export const reach: typeof fetch = async (input, init) => {
  try {
    const response = await fetch(input, init);
    noteConnection(true);
    return response;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    noteConnection(false);
    throw new UnreachableError(error);
  }
};
