import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { answer, refuse, type S3Answer, type S3Contents } from './s3-answers.ts';
import { accessKeyId, isSigned, region, secretAccessKey } from './s3-signature.ts';

/** The answer that the next matching request gets instead of the right one; `cut` ends the connection. */
export interface Trouble {
  readonly method: string;
  readonly query?: string;
  readonly answer: { readonly status: number; readonly body: string } | 'cut';
}

export interface S3Store extends S3Contents {
  readonly endpoint: string;
  readonly env: Readonly<Record<string, string>>;
  readonly requests: string[];
  readonly troubles: Trouble[];
  close(): Promise<void>;
}

/**
 * An S3 store with one bucket in memory, as strict as Amazon's API reference: it checks signatures (version 4) and hashes of
 * bodies, requires the minimum size of parts, and answers lists in pages, here of two.
 */
export async function startS3Store(bucket: string): Promise<S3Store> {
  const contents: S3Contents = { objects: new Map(), uploads: new Map() };
  const requests: string[] = [];
  const troubles: Trouble[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const url = new URL(request.url ?? '', 'http://store');
      const { method = '' } = request;
      requests.push(`${method} ${request.url ?? ''}`);
      const trouble = troubles.findIndex((one) => one.method === method && url.search.includes(one.query ?? ''));
      const [instead] = trouble === -1 ? [] : troubles.splice(trouble, 1);
      if (instead?.answer === 'cut') request.socket.destroy();
      else if (instead !== undefined) response.writeHead(instead.answer.status).end(instead.answer.body);
      else send(response, method, serve(contents, bucket, { request, url, body }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    endpoint,
    env: {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: region,
      AWS_ENDPOINT_URL_S3: endpoint,
    },
    ...contents,
    requests,
    troubles,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function serve(
  contents: S3Contents,
  bucket: string,
  { request, url, body }: { readonly request: IncomingMessage; readonly url: URL; readonly body: Buffer },
): S3Answer {
  if (!isSigned(request, url, body)) return refuse(403, 'SignatureDoesNotMatch');
  if (url.pathname !== `/${bucket}` && !url.pathname.startsWith(`/${bucket}/`)) return refuse(404, 'NoSuchBucket');
  const key = decodeURIComponent(url.pathname.slice(bucket.length + 2));
  return answer(contents, { method: request.method ?? '', key, query: url.searchParams, body });
}

function send(response: ServerResponse, method: string, { status, body = '', headers = {} }: S3Answer): void {
  response.writeHead(status, headers).end(method === 'HEAD' ? '' : body);
}
