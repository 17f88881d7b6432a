import type { RowSource } from '../sources/row-source.ts';
import { createAcolheDialect, isAcolhe } from './acolhe-dialect.ts';
import type { Dialect } from './dialect.ts';
import { createDjangoDialect, isDjango } from './django-dialect.ts';
import type { RemoteAddress } from './remote-address.ts';
import { RemoteHttp } from './remote-http.ts';
import { RemoteProblem } from './remote-problem.ts';
import { Spool } from './spool.ts';

export interface RemoteRequest {
  readonly address: RemoteAddress;
  /** A token, or an account to sign in with. */
  readonly account: { readonly token: string } | { readonly email: string; readonly code: string | undefined };
  readonly limit: number | undefined;
}

export interface RemoteHooks {
  /** Asks the operator for the code that was sent. Throws if there is no terminal. */
  readonly askCode: (email: string) => Promise<string>;
  readonly onFetched: (count: number, total: number | undefined) => void;
  readonly notify: (text: string) => void;
}

/** Fetches all clients that an account of another system may see into a spool, then signs out. Throws RemoteProblem. */
export async function fetchRemoteClients(
  { address, account, limit }: RemoteRequest,
  { askCode, onFetched, notify }: RemoteHooks,
): Promise<RowSource & { readonly close: () => Promise<void> }> {
  const http = new RemoteHttp(address.origin, { notify });
  const dialect = await findDialect(http, address.roots);
  if ('token' in account) http.authorize(account.token);
  else await signIn(http, dialect, account, askCode);
  const spool = await Spool.create();
  try {
    const rows = await dialect.fetch(spool, { limit, onFetched });
    return {
      expectedRows: rows.expectedRows,
      open: (options) => rows.open(options),
      progress: () => rows.progress(),
      close: () => spool.close(),
    };
  } catch (error) {
    await spool.close();
    throw error;
  } finally {
    // A token that was given stays valid. If signing out fails, the clients are complete nevertheless.
    if ('email' in account)
      await dialect.signOut().catch((error: unknown) => {
        if (!(error instanceof RemoteProblem)) throw error;
        notify(error.message);
      });
  }
}

async function signIn(
  http: RemoteHttp,
  dialect: Dialect,
  { email, code: given }: { readonly email: string; readonly code: string | undefined },
  askCode: RemoteHooks['askCode'],
): Promise<void> {
  if (given === undefined) await dialect.requestCode(email);
  const code = given ?? (await askCode(email));
  http.conceal(code);
  http.authorize(await dialect.signIn(email, code));
}

/** Finds out, without sending credentials, which system it is and where its API is. Throws RemoteProblem. */
async function findDialect(http: RemoteHttp, roots: readonly string[]): Promise<Dialect> {
  for (const root of roots) if (await isAcolhe(http, root)) return createAcolheDialect(http, root);
  for (const path of ['/register', ''])
    for (const root of roots) if (await isDjango(http, root + path)) return createDjangoDialect(http, root + path);
  throw new RemoteProblem(
    `Neither Acolhe (/api/v1) nor the earlier system (/register/) answers at ${http.origin}${roots[0] ?? ''}: check --api-base.`,
  );
}
