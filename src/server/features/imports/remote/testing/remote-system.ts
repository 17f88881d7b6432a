import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect } from 'vitest';
import type { ImportRow, RejectedRow } from '../../reading/rows/rows.ts';
import { readRemoteAddress } from '../remote-address.ts';
import { fetchRemoteClients } from '../remote-clients.ts';
import { RemoteProblem } from '../remote-problem.ts';

/** Answers requests in place of another system. */
export type Handle = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

interface Remote {
  readonly origin: string;
  /** Method and path of the requests with a token. */
  readonly asked: string[];
}

const running: Server[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

export async function listen(handle: Handle): Promise<Remote> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
    if (request.headers.authorization !== undefined) asked.push(`${request.method ?? ''} ${url.pathname}${url.search}`);
    handle(request, response, url);
  });
  running.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, asked };
}

export const send = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};

/** Starts a system that has only the earlier system's list of clients, for requests with a token. */
export const listenAsDjango = (handle: Handle): Promise<Remote> =>
  listen((request, response, url) => {
    if (url.pathname !== '/register/clients/') send(response, 404, { detail: 'Not found.' });
    else if (request.headers.authorization === undefined) send(response, 401, { detail: 'Sign in.' });
    else handle(request, response, url);
  });

export const token = 'a-token-that-nobody-may-see';

export async function fetchAll(base: string, limit?: number) {
  const notes: string[] = [];
  const progress: (readonly [number, number | undefined])[] = [];
  const rows = await fetchRemoteClients(
    { address: readRemoteAddress(base, false), account: { token }, limit },
    {
      askCode: () => Promise.reject(new Error('nobody is there')),
      notify: (text) => notes.push(text),
      onFetched: (count, total) => progress.push([count, total]),
    },
  );
  try {
    const read = async () => {
      const opened = await rows.open({});
      const records = [];
      const [first = ''] = opened.header;
      const mapping = opened.header.includes('first_name') ? undefined : { [first]: 'firstName' };
      await opened.map({ mapping, isRemembered: false, foundDateOrder: undefined });
      for await (const batch of opened.rows()) records.push(...batch.map(recordOf));
      await opened.close();
      return { header: opened.header, records };
    };
    const first = await read();
    // Reading again, as an import that starts over does, gives the same without new requests.
    expect(await read()).toEqual(first);
    return { ...first, notes, progress };
  } finally {
    await rows.close();
  }
}

const recordOf = (row: ImportRow | RejectedRow) => ({
  line: row.line,
  cells: row.cells,
  broken:
    'problems' in row
      ? row.problems.map(({ code, column }) => ({ code, column })).find(({ code }) => code === 'invalid_record')
      : undefined,
});

export async function problemOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RemoteProblem);
  const { message } = error as RemoteProblem;
  expect(message).not.toContain(token);
  return message;
}

export const names = (records: readonly { readonly cells: readonly string[] }[]) =>
  records.map(({ cells }) => cells[0]);
