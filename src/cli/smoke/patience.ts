import { setTimeout as sleep } from 'node:timers/promises';
import { note } from '../output.ts';

/** Long enough for limits of one minute; a longer wait is reported instead. */
const longest = 65;

/**
 * Waits as long as a 429 answer says, up to about a minute: the run itself may have used up the account's limit. Throws if
 * the wait is longer.
 */
export async function waitAsAsked(retryAfter: string | null): Promise<void> {
  const seconds = Number(retryAfter ?? Number.NaN);
  if (!(seconds > 0 && seconds <= longest))
    throw new Error(`too many codes were asked for lately: the server takes more in ${retryAfter ?? 'some'} s`);
  note(`too many codes for one minute: waiting ${String(seconds)} s`);
  await sleep(seconds * 1000 + 200);
}
