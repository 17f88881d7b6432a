import { setTimeout as sleep } from 'node:timers/promises';
import { note } from '../output.ts';

/** A window of a minute has passed by then; whoever is asked to wait longer than that is told so. */
const longest = 65;

/**
 * Waits as a server that answered 429 asks, where that is a matter of a minute: the run itself may have used up what an
 * account may do in one. Throws where it is not.
 */
export async function waitAsAsked(retryAfter: string | null): Promise<void> {
  const seconds = Number(retryAfter ?? Number.NaN);
  if (!(seconds > 0 && seconds <= longest))
    throw new Error(`too many codes were asked for lately: the server takes more in ${retryAfter ?? 'some'} s`);
  note(`too many codes for one minute: waiting ${String(seconds)} s`);
  await sleep(seconds * 1000 + 200);
}
