import type { RowSource } from '../sources/row-source.ts';
import type { Spool } from './spool.ts';

export interface FetchOptions {
  /** Fetch only so many clients; undefined for all. */
  readonly limit: number | undefined;
  /** Called as clients arrive; `total` is undefined if the other system does not say. */
  readonly onFetched: (count: number, total: number | undefined) => void;
}

/** How to talk to one kind of system. Everything here throws RemoteProblem. */
export interface Dialect {
  /** The system's name, for messages. */
  readonly name: string;
  requestCode(email: string): Promise<void>;
  /** @returns the token */
  signIn(email: string, code: string): Promise<string>;
  /** Ends the session, if the system has sessions. */
  signOut(): Promise<void>;
  /** Writes all clients that the account may see into the spool. */
  fetch(spool: Spool, options: FetchOptions): Promise<RowSource>;
}
