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

/** Creates a fetch that reports the share of the body that has been sent, 0 to 1, which fetch itself cannot. */
export const createProgressFetch =
  (onSent: (share: number) => void): typeof fetch =>
  (input, init) =>
    new Promise((resolve, reject) => {
      const signal = init?.signal;
      // An aborted signal fires no further event.
      if (signal?.aborted === true) {
        reject(new DOMException('The upload was cancelled', 'AbortError'));
        return;
      }
      const request = new XMLHttpRequest();
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
        reject(new DOMException('The upload was cancelled', 'AbortError'));
      };
      signal?.addEventListener('abort', () => {
        request.abort();
      });
      request.send(init?.body as XMLHttpRequestBodyInit | null | undefined);
    });
