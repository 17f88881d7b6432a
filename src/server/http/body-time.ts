import type { Server } from 'node:http';
import { answerUnreadable } from './unreadable.ts';

/** Milliseconds that a body may take to arrive, uploads of files excepted. */
const longest = 30_000;

/** Closes connections that send a body very slowly; Node's own limit (requestTimeout) has to leave time for files. */
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
