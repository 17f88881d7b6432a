import { RemoteProblem } from './remote-problem.ts';

const ownHosts = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export interface RemoteAddress {
  readonly origin: string;
  readonly host: string;
  /** Possible paths of its API, the most likely first, without a slash at the end. */
  readonly roots: readonly string[];
}

/** Reads `--api-base`, which may end with a slash, `/api/v1` or `/register`. Throws RemoteProblem. */
export function readRemoteAddress(text: string, allowHttp: boolean): RemoteAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw new RemoteProblem(
      '--api-base takes an address such as https://clinica.example or https://clinica.example/api/v1.',
    );
  // Do not repeat the text, which contains a password.
  if (url.username !== '' || url.password !== '')
    throw new RemoteProblem('--api-base takes no user or password: sign in with --email or --token.');
  if (url.protocol === 'http:' && !ownHosts.test(url.hostname) && !allowHttp)
    throw new RemoteProblem(
      `${url.origin} would carry the sign-in and every client unencrypted: use https, or --allow-http on a network of your own.`,
    );
  const path = url.pathname.replace(/(?<!\/)\/+$/, '');
  const roots = [path.replace(/\/api\/v1$/, ''), path.replace(/\/register$/, ''), path];
  return { origin: url.origin, host: url.host, roots: [...new Set(roots)] };
}
