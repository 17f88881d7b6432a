import { once } from 'node:events';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';

interface Post {
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Buffer | null;
  readonly lookup?: LookupFunction;
}

/** Milliseconds that a push service has for its answer. */
const patience = 10_000;

/**
 * Posts to an address that somebody else chose: follows no redirection, reads no answer but its status, and keeps no connection.
 * @returns the status. Throws errors that do not name the address: it is a secret.
 */
export async function postTo(address: string, { headers, body, lookup }: Post): Promise<number> {
  const send = address.startsWith('https:') ? requestHttps : requestHttp;
  const request = send(address, {
    method: 'POST',
    headers: { ...headers },
    agent: false,
    signal: AbortSignal.timeout(patience),
    ...(lookup && { lookup }),
  });
  request.end(body);
  const answered = await once(request, 'response').then(
    ([response]) => response as IncomingMessage,
    (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'no answer',
  );
  request.on('error', () => undefined);
  request.destroy();
  if (typeof answered === 'string') throw new Error(`the push service was not reached: ${answered}`);
  answered.on('error', () => undefined);
  return answered.statusCode ?? 0;
}
