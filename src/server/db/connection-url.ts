/** What libpq calls `sslmode`. */
export const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof sslModes)[number];

export interface ConnectionTarget {
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** A name, an address, or the folder of a socket. */
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly database: string | undefined;
  readonly sslMode: SslMode;
  /** Paths of PEM files; `system` as root means the certificate authorities that Node.js knows. */
  readonly ssl: { readonly root?: string; readonly cert?: string; readonly key?: string };
  readonly sslNegotiation: 'postgres' | 'direct';
  /** Server options (`-c name=value`) given in the URL. */
  readonly options: string | undefined;
  readonly applicationName: string | undefined;
  /** The address is a pooler's: each transaction may run on another connection of the server. */
  readonly pooled: boolean;
}

/** The database URL cannot be used. The message says which part and contains no secret. */
export class ConnectionUrlError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConnectionUrlError';
  }
}

/** Reads `postgresql://user:password@host:port/name?…` as libpq does. Throws ConnectionUrlError. */
export function parseConnectionUrl(text: string): ConnectionTarget {
  const url = toUrl(text);
  const given = (name: string): string | undefined => {
    const last = url.searchParams.getAll(name).at(-1);
    return last === '' ? undefined : last;
  };
  const host = given('host') ?? decode(url.hostname.replace(/^\[(.+)\]$/, '$1'));
  const port = given('port') ?? url.port;
  if (port !== '' && !/^\d{1,5}$/.test(port)) throw new ConnectionUrlError('its port is no number');
  const [root, cert, key] = [given('sslrootcert'), given('sslcert'), given('sslkey')];
  const sslMode = readSslMode(given('sslmode'), given('ssl'));
  if (sslMode === 'verify-ca' && (root === undefined || root === 'system'))
    throw new ConnectionUrlError('sslmode=verify-ca needs sslrootcert=FILE: with public authorities, use verify-full');
  if (root === 'system' && sslMode !== 'verify-full')
    throw new ConnectionUrlError('sslrootcert=system goes with sslmode=verify-full only');
  return {
    user: given('user') ?? decode(url.username),
    password: given('password') ?? decode(url.password),
    host,
    port: port === '' ? undefined : Number(port),
    database: given('dbname') ?? decode(url.pathname.slice(1)),
    sslMode,
    ssl: {
      ...(root !== undefined && { root }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
    },
    sslNegotiation: given('sslnegotiation') === 'direct' ? 'direct' : 'postgres',
    options: given('options'),
    applicationName: given('application_name'),
    pooled: given('pooler') === 'transaction',
  };
}

/** The URL of another database on the same server, with the same login. */
export const withDatabaseName = (url: string, name: string): string =>
  addParameter(url, `dbname=${encodeURIComponent(name)}`);

/** The URL, marked as that of a pooler in transaction mode, for `pooled` of the target. */
export const throughPooler = (url: string): string => addParameter(url, 'pooler=transaction');

const addParameter = (url: string, parameter: string): string => `${url}${url.includes('?') ? '&' : '?'}${parameter}`;

function toUrl(text: string): URL {
  // libpq allows `user@/name?host=/run/postgresql`; as a WHATWG URL that needs a host.
  const readable = URL.canParse(text) ? text : text.replace('@/', '@localhost/');
  if (!URL.canParse(readable)) throw new ConnectionUrlError('it is no URL');
  return new URL(readable);
}

/** Decodes percent-encoding; a percent sign without two hex digits stays as it is. @returns undefined when empty */
function decode(text: string): string | undefined {
  const decoded = text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
  return decoded === '' ? undefined : decoded;
}

function readSslMode(mode: string | undefined, ssl: string | undefined): SslMode {
  const known = sslModes.find((name) => name === mode);
  if (known !== undefined) return known;
  // node-postgres knows two more spellings: `no-verify` does not check the certificate, `ssl=true` does.
  if (mode === 'no-verify' || (mode === undefined && ssl === 'no-verify')) return 'require';
  if (mode === undefined) return ssl === 'true' || ssl === '1' ? 'verify-full' : 'disable';
  throw new ConnectionUrlError(`sslmode=${mode.slice(0, 40)} is none of ${sslModes.join(', ')}`);
}
