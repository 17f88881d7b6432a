import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorCode } from '../../shared/contracts/index.ts';
import { toOriginForm } from './host.ts';
import { HttpProblem, problemBody, problemHeaders } from './problem.ts';

const codes: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
};

/** Answers data that Node could not parse as a request (too slow, too large, not HTTP) and closes the connection. */
export function answerUnreadable(error: { readonly code?: string }, socket: Socket): void {
  if (error.code !== 'ECONNRESET') answerOnSocket(new HttpProblem(codes[error.code ?? ''] ?? 'bad_request'), socket);
}

/** Writes a problem directly to a socket, for when there is no request, and closes the connection. */
export function answerOnSocket(problem: HttpProblem, socket: Socket): void {
  if (socket.destroyed) return;
  const body = JSON.stringify(problemBody(problem, 'pt-BR'));
  if (socket.writable)
    socket.write(
      [
        `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
        'content-type: application/problem+json; charset=utf-8',
        `content-length: ${Buffer.byteLength(body)}`,
        'cache-control: no-store',
        'x-content-type-options: nosniff',
        ...Object.entries(problemHeaders(problem)).map(([name, value]) => `${name}: ${value}`),
        'connection: close',
        '',
        body,
      ].join('\r\n'),
    );
  socket.destroy();
}

/**
 * The path for routing, without scheme and host. A path that cannot be decoded becomes one that does not exist, so that it
 * passes the same checks as any other.
 */
export function readablePath({ url = '/' }: IncomingMessage): string {
  const path = toOriginForm(url);
  return path.startsWith('/') && isDecodable(path.split('?', 1)[0] ?? '') ? path : '/api/v1/unreadable';
}

/** Whether every `%` is followed by two hex digits and the decoded bytes are UTF-8 (RFC 3986 section 2.5). */
export function isDecodable(text: string): boolean {
  if (!text.includes('%')) return true;
  try {
    // What is decoded is used: a bundler leaves out a call whose value nobody takes.
    return decodeURIComponent(text) !== '';
  } catch {
    return false;
  }
}
