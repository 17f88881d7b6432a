import { randomUUID } from 'node:crypto';
import { fileRows } from '../reading-process/file-rows.ts';
import type { RowSource } from '../sources/row-source.ts';
import type { Dialect, FetchOptions } from './dialect.ts';
import type { RemoteHttp } from './remote-http.ts';
import { RemoteProblem } from './remote-problem.ts';
import type { Spool } from './spool.ts';

/** Whether another Acolhe has its API at `root`: it answers a request without session by RFC 9457. */
export async function isAcolhe(http: RemoteHttp, root: string): Promise<boolean> {
  const { status, contentType } = await http.ask({ path: `${root}/api/v1/me` });
  return status === 401 && contentType === 'application/problem+json';
}

/**
 * The dialect of another Acolhe. Reads clients by its export: reading them one by one would add an event per client to its audit
 * trail and would bypass the permission for exports.
 */
export function createAcolheDialect(http: RemoteHttp, root: string): Dialect {
  const api = `${root}/api/v1`;
  return {
    name: 'Acolhe',
    requestCode: async (email) => {
      const answer = await http.ask({ method: 'POST', path: `${api}/auth/codes`, body: { email } });
      if (answer.status !== 202) throw http.refusal('No code could be asked for', answer);
    },
    signIn: async (email, code) => {
      const answer = await http.ask({
        method: 'POST',
        path: `${api}/auth/sessions`,
        body: { email, code, device: { id: randomUUID(), name: 'acolhe import-remote' }, transport: 'bearer' },
      });
      const { accessToken } = (answer.json ?? {}) as { accessToken?: unknown };
      if (answer.status !== 201 || typeof accessToken !== 'string')
        throw http.refusal('The sign-in failed; run the command again for a new code', answer);
      return accessToken;
    },
    signOut: async () => {
      const answer = await http.ask({ method: 'DELETE', path: `${api}/auth/sessions/current` });
      if (answer.status !== 204) throw http.refusal('The sign-out failed', answer);
    },
    fetch: (spool, options) => fetchExport(http, api, spool, options),
  };
}

async function fetchExport(
  http: RemoteHttp,
  api: string,
  spool: Spool,
  { onFetched }: FetchOptions,
): Promise<RowSource> {
  const total = await countClients(http, api);
  let rows = 0;
  const answer = await http.download({ path: `${api}/clients/export.csv` }, async (chunks) => {
    await spool.empty();
    rows = -1;
    for await (const chunk of chunks) {
      await spool.write(chunk);
      // Count records by CR: records end with CR LF, lines within them with LF only.
      for (let at = chunk.indexOf(13); at >= 0; at = chunk.indexOf(13, at + 1)) rows++;
      onFetched(Math.max(0, rows), total);
    }
  });
  if (answer.status === 403)
    throw new RemoteProblem(
      `This account may not take the list out of the clinic on ${http.origin}: sign in as an administrator, or as a professional for their own clients.`,
    );
  if (answer.status !== 200 || answer.contentType !== 'text/csv') throw refused(http, answer);
  const file = fileRows(spool);
  return {
    expectedRows: Math.max(0, rows),
    open: async (options) => {
      const opened = await file.open(options);
      const asRemote = (head: unknown): unknown => ({ ...(head as object), format: 'remote' });
      return {
        ...opened,
        map: async (mapping) => {
          const mapped = await opened.map(mapping);
          return 'head' in mapped ? { ...mapped, head: asRemote(mapped.head) } : mapped;
        },
        head: () => asRemote(opened.head()),
      };
    },
    progress: () => file.progress(),
  };
}

/** The number of clients; undefined above 10,000, because Acolhe does not count further. */
async function countClients(http: RemoteHttp, api: string): Promise<number | undefined> {
  const answer = await http.ask({ path: `${api}/clients?limit=1` });
  if (answer.status !== 200) throw refused(http, answer);
  const { total } = (answer.json ?? {}) as { total?: { value?: unknown; relation?: unknown } };
  return total?.relation === 'eq' && typeof total.value === 'number' ? total.value : undefined;
}

const refused = (http: RemoteHttp, answer: Parameters<RemoteHttp['refusal']>[1]): RemoteProblem =>
  http.refusal(
    answer.status === 401
      ? 'The token is wrong or has run out: take a fresh one, or sign in with --email'
      : 'The clients cannot be read',
    answer,
  );
