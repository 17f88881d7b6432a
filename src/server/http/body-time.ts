import type { Server } from 'node:http';
import { answerUnreadable } from './unreadable.ts';

/** Milliseconds that a body may take to arrive, files aside. */
const longest = 30_000;

/** Hangs up on whoever sends a body drop by drop; Node's own limit (requestTimeout) has to leave room for files. */
export function limitBodyTime(server: Server): void {
  server.on('request', (request, response) => {
    if (/^multipart\//i.test(request.headers['content-type'] ?? '')) return;
    const timer = setTimeout(() => {
      if (!request.complete) answerUnreadable({ code: 'ERR_HTTP_REQUEST_TIMEOUT' }, request.socket);
    }, longest);
    timer.unref();
    const clear = (): void => {
      clearTimeout(timer);
    };
    request.on('end', clear);
    response.on('close', clear);
  });
}
