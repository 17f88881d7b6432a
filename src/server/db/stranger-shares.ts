import { countDown, shareSeconds } from './fair-share.ts';
import { Semaphore } from './semaphore.ts';

/** A part of the connections. Work beyond it waits in order; throws ShareUsedUp when the queue is full or too slow. */
export interface Share {
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** The parts of the connections for requests without a session. */
export interface StrangerShares {
  /** Codes, sign-ins and renewals. */
  readonly signingIn: Share;
  /** Links in mails, calendars, published texts. */
  readonly pages: Share;
}

/**
 * Divides what strangers may take of a process's connections: signing in at most half of them, pages a quarter, both together
 * all but one, which is left to people who are signed in. Each part has a queue of its own, so that neither holds up the other:
 * of two connections they take one in turn.
 */
export function shareAmongStrangers(connections: number): StrangerShares {
  const places = { signingIn: partOf(connections, 2), pages: partOf(connections, 4) };
  // From each queue come no more than its places, so both take turns here.
  const all = new Semaphore({ places: Math.max(1, Math.min(connections - 1, places.signingIn + places.pages)) });
  const share = (limits: { readonly places: number; readonly queue: number }): Share => {
    const own = new Semaphore(limits);
    return {
      run: (work) => {
        const left = countDown(shareSeconds);
        return own.run(() => all.run(work, left()), left());
      },
    };
  };
  // Both queues together leave a quarter of the requests that a process answers at once (http/load-shedding.ts).
  return {
    signingIn: share({ places: places.signingIn, queue: 500 }),
    pages: share({ places: places.pages, queue: 250 }),
  };
}

const partOf = (connections: number, divisor: number): number => Math.max(1, Math.floor(connections / divisor));
