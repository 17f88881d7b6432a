import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { migrate } from '../../src/server/db/migrate.ts';
import { type EmbeddedPostgres, startEmbedded } from '../../src/server/embedded-database/start-embedded.ts';
import { type SmtpSink, startSmtpSink } from '../../src/server/mail/testing/smtp-sink.ts';
import { type ApiClient, createApiClient } from '../../src/shared/api-client.ts';

const root = join(import.meta.dirname, '..', '..');
const acolhe = join(root, 'bin', 'acolhe.mjs');

/** Whose clients are measured, and who signs in over and over: a person has only so many devices. */
export const people = { owner: 'bench@exemplo.test', visitor: 'porta@exemplo.test' };

/** The whole product on a PostgreSQL of its own, as `acolhe serve` runs it. */
export interface Product {
  readonly postgres: EmbeddedPostgres;
  readonly address: string;
  readonly server: ChildProcess;
  /** Milliseconds from the command to the first answer of /readyz. */
  readonly startMs: number;
  readonly professionalId: string;
  signIn(email: string): Promise<SignedIn>;
  /** Imports a file by the command line. */
  importFile(file: string): Promise<{ readonly seconds: number; readonly mebibytes: number }>;
  query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]>;
  stop(): Promise<void>;
}

export interface SignedIn {
  readonly api: ApiClient;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** A module that prints the peak memory of its process, in KiB, at the end. */
const reportMemory =
  'data:text/javascript,process.on("exit", () => process.stderr.write(`\\n${process.resourceUsage().maxRSS}`))';

export async function startProduct(folder: string): Promise<Product> {
  const parts = new AsyncDisposableStack();
  const postgres = await startEmbedded({
    dataDir: folder,
    settings: { shared_buffers: '512MB', work_mem: '16MB', shared_preload_libraries: 'pg_stat_statements' },
  });
  parts.defer(() => postgres.stop());
  await migrate(postgres.url);
  const sink = await startSmtpSink();
  parts.defer(() => sink.close());
  const query = createQuery(postgres.url);
  const [owner] = await query<{ id: string }>(
    `with c as (insert into clinics (name) values ('Bench') returning id)
     insert into professionals (clinic_id, email, first_name, role)
     select id, email, 'Bench', 'professional' from c, unnest(array['${people.owner}', '${people.visitor}']) as email
     returning id`,
  );
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: postgres.url,
    DATA_DIR: folder,
    SECRET_KEY: 'bench-only-bench-only-bench-only-bench-only',
    NODE_ENV: 'development',
    LOG_LEVEL: 'warn',
    PORT: '0',
    EMAIL_HOST: '127.0.0.1',
    EMAIL_PORT: String(sink.port),
    EMAIL_USE_TLS: 'False',
    DEFAULT_FROM_EMAIL: 'acolhe@exemplo.test',
    OTP_THROTTLE_PER_MINUTE: '10000',
  };
  const begun = performance.now();
  const server = spawn(process.execPath, [acolhe, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  parts.defer(async () => {
    server.kill('SIGTERM');
    if (server.exitCode === null) await once(server, 'exit');
  });
  const address = (await readAddress(server.stdout)).replace('localhost', '127.0.0.1');
  while (!(await fetch(`${address}/readyz`).catch(() => undefined))?.ok) await sleep(10);
  return {
    postgres,
    address,
    server,
    startMs: performance.now() - begun,
    professionalId: owner?.id ?? '',
    signIn: (email) => signIn(address, sink, email),
    async importFile(file) {
      const start = performance.now();
      const args = ['--import', reportMemory, acolhe, 'import-clients-csv', file, '--professional', people.owner];
      const memory = await run(process.execPath, args, env);
      return { seconds: (performance.now() - start) / 1000, mebibytes: Number(memory) / 1024 };
    },
    query,
    stop: () => parts.disposeAsync(),
  };
}

const createQuery =
  (url: string): Product['query'] =>
  async <Row extends pg.QueryResultRow>(sql: string) => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  };

/** Requests a code, waits for its mail and opens a session with it. */
async function signIn(address: string, sink: SmtpSink, email: string): Promise<SignedIn> {
  const anonymous = createApiClient({ baseUrl: address });
  const earlier = sink.received.length;
  const device = { id: randomUUID() };
  await anonymous('POST /auth/codes', { body: { email, device } });
  while (sink.received.length === earlier) await sleep(1);
  const code = /\b\d{6}\b/.exec(sink.received.at(-1)?.mail.text ?? '')?.[0] ?? '';
  const { body } = await anonymous('POST /auth/sessions', { body: { email, code, device, transport: 'bearer' } });
  const { accessToken = '', refreshToken = '' } = body;
  const headers = () => ({ authorization: `Bearer ${accessToken}` });
  return { api: createApiClient({ baseUrl: address, headers }), accessToken, refreshToken };
}

/** The address that a server prints when it has started. */
async function readAddress(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const [address] = /http:\/\/[^\s"]+/.exec(line) ?? [];
    if (address === undefined) continue;
    output.resume();
    return address;
  }
  throw new Error('the server did not start');
}

/** Runs a command to its end. @returns the last line of its stderr. Throws when the command fails. */
async function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(command, args, { env, cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit') as Promise<[number | null]>]);
  if (code !== 0) throw new Error(`${args.slice(2).join(' ')} ended with ${String(code)}:\n${errors}`);
  return errors.slice(errors.lastIndexOf('\n') + 1);
}
