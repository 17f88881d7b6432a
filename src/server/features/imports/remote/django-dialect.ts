import { randomUUID } from 'node:crypto';
import type { RowSource } from '../sources/row-source.ts';
import type { Dialect, FetchOptions } from './dialect.ts';
import type { RemoteAnswer, RemoteHttp } from './remote-http.ts';
import { RemoteProblem } from './remote-problem.ts';
import { RecordSpool } from './record-spool.ts';
import type { Spool } from './spool.ts';
import { isSameValue } from '../../../../shared/same-value.ts';

/** The list of complete records; if that is not available, the list of summaries. */
const lists = ['clients/', 'clients-basic/'] as const;

/** Whether the earlier system has its API at `root`: its lists are public or ask for a sign-in, in JSON. */
export async function isDjango(http: RemoteHttp, root: string): Promise<boolean> {
  for (const list of lists) {
    const { status, json } = await http.ask({ path: `${root}/${list}` });
    if (json !== undefined && [200, 401, 403].includes(status)) return true;
  }
  return false;
}

/** The dialect of the earlier Django system or a similar one; `root` is the path of `auth/` and `clients/`. */
export function createDjangoDialect(http: RemoteHttp, root: string): Dialect {
  return {
    name: 'Django REST',
    requestCode: async (email) => {
      const answer = await http.ask({ method: 'POST', path: `${root}/auth/request-code/`, body: { email } });
      if (answer.status === 404)
        throw http.refusal('No code can be asked for there; get one as usual and pass it with --otp', answer);
      if (answer.status >= 300) throw http.refusal('No code could be asked for', answer);
    },
    signIn: async (email, code) => {
      const answer = await http.ask({
        method: 'POST',
        path: `${root}/auth/verify-code/`,
        // Some releases require a device; others ignore it.
        body: { email, code, device_id: randomUUID() },
      });
      const { access } = (answer.json ?? {}) as { access?: unknown };
      if (answer.status >= 300 || typeof access !== 'string')
        throw http.refusal('The sign-in failed; run the command again for a new code', answer);
      return access;
    },
    signOut: () => Promise.resolve(),
    fetch: (spool, options) => fetchList(http, root, spool, options),
  };
}

async function fetchList(http: RemoteHttp, root: string, spool: Spool, options: FetchOptions): Promise<RowSource> {
  const records = new RecordSpool(spool);
  let path = `${root}/${lists[0]}`;
  let answer = await http.ask({ path });
  if ([403, 404, 405].includes(answer.status)) {
    const basic = await http.ask({ path: `${root}/${lists[1]}` });
    // If that one does not exist either, report the first answer.
    if (basic.status !== 404) {
      path = `${root}/${lists[1]}`;
      answer = basic;
    }
  }
  const seen = new Set<string>();
  let before: readonly unknown[] | undefined;
  for (;;) {
    const page = readPage(http, answer, records.count);
    const rest = options.limit === undefined ? page.items : page.items.slice(0, options.limit - records.count);
    if (before !== undefined && isSameValue(before, page.items)) throw loop(http);
    before = page.items;
    await records.add(rest);
    options.onFetched(records.count, page.total);
    if (page.next === null || records.count === options.limit) return records;
    seen.add(path);
    path = nextPath(http, path, page.next);
    if (seen.has(path)) throw loop(http);
    answer = await http.ask({ path });
  }
}

interface Page {
  readonly items: readonly unknown[];
  readonly next: string | null;
  readonly total: number | undefined;
}

/** Reads a plain list or a page of Django REST framework. Throws RemoteProblem. */
function readPage(http: RemoteHttp, answer: RemoteAnswer, read: number): Page {
  const { status, json } = answer;
  if (status === 401)
    throw http.refusal(
      read > 0
        ? `The sign-in ran out after ${String(read)} clients: run the command again`
        : 'The token is wrong or has run out: take a fresh one, or sign in with --email',
      answer,
    );
  if (status === 403) throw http.refusal('This account may not read the clients there: sign in as another', answer);
  if (status !== 200) throw http.refusal('The clients cannot be read', answer);
  if (Array.isArray(json)) return { items: json as unknown[], next: null, total: json.length };
  const { results, next = null, count } = (json ?? {}) as { results?: unknown; next?: unknown; count?: unknown };
  if (!Array.isArray(results) || (next !== null && typeof next !== 'string'))
    throw json === undefined
      ? http.refusal('The clients cannot be read', answer)
      : new RemoteProblem(`${http.origin} answered with neither a list of clients nor a page of one.`);
  return { items: results as unknown[], next, total: typeof count === 'number' && count >= 0 ? count : undefined };
}

/** The path of the next page, which has to be on the same origin. Throws RemoteProblem. */
function nextPath(http: RemoteHttp, path: string, next: string): string {
  const here = new URL(path, http.origin);
  const target = URL.canParse(next, here.href) ? new URL(next, here) : undefined;
  // Behind a proxy that terminates https, Django links to its own pages with http.
  if (target?.protocol === 'http:' && here.protocol === 'https:' && target.hostname === here.hostname) {
    target.protocol = 'https:';
    target.port = here.port;
  }
  if (target?.origin !== http.origin)
    throw new RemoteProblem(
      `${http.origin} says that its next page is on ${target?.origin ?? 'no address'}: nothing is sent there. Have its proxy pass the Host header on, or pass that address as --api-base.`,
    );
  return target.pathname + target.search;
}

const loop = (http: RemoteHttp): RemoteProblem =>
  new RemoteProblem(`${http.origin} gives the same page again and again; there is no end to its list.`);
