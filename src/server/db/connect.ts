import { readFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import { parseConnectionUrl, type ConnectionTarget } from './connection-url.ts';

/**
 * Our tables are in `public`, even when the login or the database has another search path set. Compiling a plan (JIT) takes longer
 * than our statements.
 */
const ownOptions = '-c search_path=public -c jit=off';

/** Turns a database URL into pg's settings: host, login and encryption. Throws ConnectionUrlError. */
export function toPoolConfig(url: string): pg.PoolConfig {
  const target = parseConnectionUrl(url);
  return { ...toClientConfig(target), ...(isOptional(target) && { Client: OpportunisticClient }) };
}

/** A single connection outside any pool; open it with `connect()`. Throws ConnectionUrlError. */
export function createClient(
  url: string,
  options: Omit<pg.ClientConfig, 'connectionString'> & { readonly application_name: string },
): pg.Client {
  const target = parseConnectionUrl(url);
  const config = { ...options, ...toClientConfig(target) };
  return isOptional(target) ? new OpportunisticClient(config) : new pg.Client(config);
}

/**
 * A pooler in transaction mode refuses settings at the start of a connection, or forgets them: each transaction brings its own
 * (transaction.ts).
 */
const toSettings = ({ options, pooled }: ConnectionTarget): pg.ClientConfig =>
  pooled
    ? { statement_timeout: false, idle_in_transaction_session_timeout: 0, ...(options !== undefined && { options }) }
    : { options: [options, ownOptions].filter((option) => option !== undefined).join(' ') };

function toClientConfig(target: ConnectionTarget): pg.ClientConfig {
  const { user, password, host, port, database, applicationName, sslNegotiation } = target;
  const ssl = readTlsOptions(target);
  return {
    user,
    password,
    host,
    port,
    database,
    ssl,
    ...(ssl === false ? {} : { sslnegotiation: sslNegotiation }),
    ...toSettings(target),
    ...(applicationName !== undefined && { application_name: applicationName }),
  };
}

/** True when the connection is encrypted only if the server offers it. `allow` is treated like `prefer`. */
const isOptional = ({ sslMode, host }: ConnectionTarget): boolean =>
  (sslMode === 'prefer' || sslMode === 'allow') && !isSocket(host);

/** A Unix socket, which libpq does not encrypt either. */
const isSocket = (host: string | undefined): boolean => host?.startsWith('/') === true;

function readTlsOptions({ sslMode, ssl, host }: ConnectionTarget): false | ConnectionOptions {
  if (sslMode === 'disable' || isSocket(host)) return false;
  const files = {
    ...(ssl.root !== undefined && ssl.root !== 'system' && { ca: readFileSync(ssl.root, 'utf8') }),
    ...(ssl.cert !== undefined && { cert: readFileSync(ssl.cert, 'utf8') }),
    ...(ssl.key !== undefined && { key: readFileSync(ssl.key, 'utf8') }),
  };
  if (sslMode === 'verify-full') return files;
  // As libpq: a root certificate makes `require` check the chain.
  if (sslMode === 'verify-ca' || (sslMode === 'require' && ssl.root !== undefined))
    return { ...files, checkServerIdentity: () => undefined };
  return { ...files, rejectUnauthorized: false };
}

/** Members of pg's Connection that its types leave out. */
interface ConnectionInside {
  ssl: unknown;
  attachListeners(stream: Duplex): void;
  connect(port: number | string, host?: string): void;
}

const inside = (connection: pg.Connection): ConnectionInside => connection as unknown as ConnectionInside;

/** Continues unencrypted when the server answers that it has no TLS. */
class OpportunisticConnection extends pg.Connection {
  connect(port: number | string, host?: string): void {
    const own = inside(this);
    const { stream } = this;
    const goOnInClear = (): void => {
      own.ssl = false;
      own.attachListeners(stream);
      this.emit('sslconnect');
    };
    // pg listens once for the server's answer to its request for TLS, and gives up when that is N.
    const once = stream.once.bind(stream);
    stream.once = ((event: string, listener: (...args: unknown[]) => void) =>
      once(event, (...args: unknown[]) => {
        if (event === 'data' && String(args[0]) === 'N') goOnInClear();
        else listener(...args);
      })) as Duplex['once'];
    inside(pg.Connection.prototype).connect.call(this, port, host);
    stream.once = once;
  }
}

class OpportunisticClient extends pg.Client {
  constructor(config: pg.ClientConfig = {}) {
    const connection = new OpportunisticConnection({ ssl: config.ssl, keepAlive: config.keepAlive });
    // Object.create, not a copy: the pool makes its password non-enumerable, and a copy would lose it.
    super(Object.create(config, { connection: { value: connection } }) as pg.ClientConfig);
  }
}
