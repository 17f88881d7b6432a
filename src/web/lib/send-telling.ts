import { UnreachableError } from './unreachable.ts';

/** Parses the headers that XMLHttpRequest gives as text, one per line. */
function readHeaders(lines: string): Headers {
  const headers = new Headers();
  for (const line of lines.trim().split(/[\r\n]+/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return headers;
}

/**
 * A fetch that reports how much of the body has been sent, 0 to 1, which fetch itself cannot. The answer is not
 * streamed.
 */
export const sendTelling =
  (onSent: (part: number) => void): typeof fetch =>
  (input, init) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const signal = init?.signal;
      request.open(init?.method ?? 'GET', input instanceof Request ? input.url : input);
      request.withCredentials = init?.credentials === 'include';
      for (const [name, value] of new Headers(init?.headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
        if (lengthComputable && total > 0) onSent(loaded / total);
      };
      request.onload = () => {
        const { status, statusText, responseText } = request;
        const body = status === 204 ? null : responseText;
        resolve(new Response(body, { status, statusText, headers: readHeaders(request.getAllResponseHeaders()) }));
      };
      request.onerror = () => {
        reject(new UnreachableError(undefined));
      };
      request.onabort = () => {
        reject(new DOMException('The upload was given up', 'AbortError'));
      };
      signal?.addEventListener('abort', () => {
        request.abort();
      });
      request.send(init?.body as XMLHttpRequestBodyInit | null | undefined);
    });
