import type { RowSource } from '../sources/row-source.ts';
import type { Spool } from './spool.ts';

export interface FetchOptions {
  /** Only the first ones are needed. */
  readonly limit: number | undefined;
  /** Called as clients arrive; with `total` if the other system tells it. */
  readonly onFetched: (count: number, total: number | undefined) => void;
}

/** How to talk to one kind of system. Everything here throws RemoteProblem. */
export interface Dialect {
  /** The system's name, for messages. */
  readonly name: string;
  requestCode(email: string): Promise<void>;
  /** Returns the token. */
  signIn(email: string, code: string): Promise<string>;
  /** Ends the session, if the system has any. */
  signOut(): Promise<void>;
  /** Puts every client that the account may see into the spool. */
  fetch(spool: Spool, options: FetchOptions): Promise<RowSource>;
}
