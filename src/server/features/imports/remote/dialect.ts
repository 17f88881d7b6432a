import type { RowSource } from '../row-source.ts';
import type { Spool } from './spool.ts';

export interface FetchOptions {
  /** No more than the first ones are wanted. */
  readonly limit: number | undefined;
  /** Told as clients arrive; `total` where the other system says it. */
  readonly onFetched: (count: number, total: number | undefined) => void;
}

/** How one kind of system is spoken to. All of it throws RemoteProblem. */
export interface Dialect {
  /** Which system it is, for people. */
  readonly name: string;
  requestCode(email: string): Promise<void>;
  /** Gives the token. */
  signIn(email: string, code: string): Promise<string>;
  /** Ends what `signIn` began, where the system knows of such a thing. */
  signOut(): Promise<void>;
  /** Puts every client that the account may see into the spool. */
  fetch(spool: Spool, options: FetchOptions): Promise<RowSource>;
}
