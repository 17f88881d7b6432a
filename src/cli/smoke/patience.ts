import { setTimeout as sleep } from 'node:timers/promises';
import { printNote } from '../output.ts';

/** In seconds: enough for limits of one minute. A longer wait is reported instead. */
const longestWait = 65;

/**
 * Waits as long as the Retry-After of a 429 response says (seconds): the run itself may have used up the account's limit.
 * Throws if the wait is longer than about a minute.
 */
export async function waitForRetryAfter(retryAfter: string | null): Promise<void> {
  const seconds = Number(retryAfter ?? Number.NaN);
  if (!(seconds > 0 && seconds <= longestWait))
    throw new Error(`too many codes were asked for lately: the server takes more in ${retryAfter ?? 'some'} s`);
  printNote(`too many codes for one minute: waiting ${String(seconds)} s`);
  await sleep(seconds * 1000 + 200);
}
