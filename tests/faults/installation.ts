import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { startEmbedded } from '../../src/server/embedded-database/start-embedded.ts';
import { locateCluster } from '../../src/server/embedded-database/location.ts';
import { migrate } from '../../src/server/db/migrate.ts';
import { type ApiClient, createApiClient } from '../../src/shared/api-client.ts';
import { receiveCode } from '../support/mailbox.ts';
import { processEnvironment, programs } from '../support/program.ts';

/** A server in a process of its own, as in production. Tests may kill it. */
export interface ServerProcess {
  readonly address: string;
  readonly process: ChildProcess;
  /** The entries of its log so far. */
  readonly log: readonly { readonly event?: string }[];
  /** Resolves with exit code and signal once the process has ended. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** A PostgreSQL of its own with one clinic, and servers that use it. */
export interface Installation {
  readonly url: string;
  readonly professionalId: string;
  startServer(env?: Readonly<Record<string, string>>): Promise<ServerProcess>;
  signIn(server: ServerProcess): Promise<{ readonly api: ApiClient; readonly accessToken: string }>;
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** The database as its superuser, where this PostgreSQL is our own. */
  readonly adminUrl: string | undefined;
  /** The process id of PostgreSQL's main process. */
  postmaster(): Promise<number>;
  /** Kills every server. Each test starts new ones: with two running, either may take the other's mails into its mailbox. */
  killServers(): Promise<void>;
  stop(): Promise<void>;
}

export const email = 'ana@faults.example';

/** Starts a PostgreSQL that syncs to disk, unlike the one other tests share: acknowledged writes must survive a kill. */
export async function startInstallation(folder?: string): Promise<Installation> {
  const dataDir = folder ?? (await mkdtemp(join(tmpdir(), 'acolhe-faults-')));
  const postgres = await startEmbedded({ dataDir });
  const stop = async (): Promise<void> => {
    await postgres.stop();
    if (folder === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  return { ...(await installOn(postgres.url, dataDir, stop)), adminUrl: postgres.adminUrl };
}

/** Makes an installation on an existing, empty database. */
export async function installOn(
  url: string,
  dataDir: string,
  stopDatabase: () => Promise<void>,
): Promise<Installation> {
  await migrate(url);
  const servers = new Set<ServerProcess>();

  const query: Installation['query'] = async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const killServers = async (): Promise<void> => {
    for (const server of servers) server.process.kill('SIGKILL');
    await Promise.all([...servers].map(({ exited }) => exited));
    servers.clear();
  };
  const [professional] = await query<{ id: string }>(
    `with clinic as (insert into clinics (name) values ('Clínica') returning id)
     insert into professionals (clinic_id, email, first_name, role) select id, $1, 'Ana', 'administrator' from clinic returning id`,
    [email],
  );
  return {
    url,
    adminUrl: undefined,
    professionalId: professional?.id ?? '',
    query,
    async startServer(env = {}) {
      const server = await startServerProcess({ DATABASE_URL: url, DATA_DIR: dataDir, ...env });
      servers.add(server);
      return server;
    },
    signIn,
    async postmaster() {
      const file = join(locateCluster(dataDir, undefined), 'data', 'postmaster.pid');
      return Number((await readFile(file, 'utf8')).split('\n')[0]);
    },
    killServers,
    async stop() {
      await killServers();
      await stopDatabase();
    },
  };
}

async function startServerProcess(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const child = spawn(process.execPath, [programs.cli, 'serve'], {
    env: {
      ...processEnvironment,
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'info',
      OTP_THROTTLE_PER_MINUTE: '10000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  const log: { readonly event?: string }[] = [];
  const complaints: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  const listening = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      // A development server also prints lines for people.
      if (!line.startsWith('{')) return;
      const entry = JSON.parse(line) as { event?: string; address?: string };
      log.push(entry);
      if (entry.event === 'listening') resolve(entry.address ?? '');
    });
  });
  const failed = exited.then(() => Promise.reject(new Error(`the server did not start: ${complaints.join('')}`)));
  failed.catch(() => undefined);
  const address = (await Promise.race([listening, failed])).replace('localhost', '127.0.0.1');
  return { address, process: child, log, exited };
}

async function signIn({ address }: ServerProcess): Promise<{ readonly api: ApiClient; readonly accessToken: string }> {
  const anonymous = createApiClient({ baseUrl: address });
  const code = await receiveCode({ address }, email, () => anonymous('POST /auth/codes', { body: { email } }));
  const { body } = await anonymous('POST /auth/sessions', {
    body: { email, code, device: { id: randomUUID() }, transport: 'bearer' },
  });
  const accessToken = body.accessToken ?? '';
  const headers = (): Record<string, string> => ({ authorization: `Bearer ${accessToken}` });
  return { api: createApiClient({ baseUrl: address, headers }), accessToken };
}
