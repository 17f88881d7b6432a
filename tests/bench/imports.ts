import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Keyring } from '../../src/server/features/auth/secrets.ts';
import { signAccessToken } from '../../src/server/features/auth/tokens.ts';
import type { BenchClinic } from './fill-clinic.ts';
import { writeClientList } from './client-list.ts';

const acolhe = join(import.meta.dirname, '..', '..', 'bin', 'acolhe.mjs');
const newRows = 100_000;
const busyRows = 1_000_000;
const djangoRows = 10_000;
const secretKey = 'bench-only-bench-only-bench-only-bench-only';

interface ImportBench {
  readonly url: string;
  readonly folder: string;
  readonly clinic: BenchClinic;
  readonly email: string;
  readonly tell: (line: string) => void;
}

interface Import {
  readonly seconds: number;
  /** Peak memory of the command. */
  readonly megabytes: number;
}

/** A module that prints the peak memory of its process, in KiB, at the end. */
const reportMemory =
  'data:text/javascript,process.on("exit", () => process.stderr.write(`\\n${process.resourceUsage().maxRSS}`))';

/**
 * Measures whole imports by the command line: 100,000 new clients, compared with the earlier Django command on the same file
 * (if DJANGO_PROJECT is set), then a million while a server answers requests.
 */
export async function measureImports({ url, folder, clinic, email, tell }: ImportBench): Promise<void> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: url,
    DATA_DIR: folder,
    SECRET_KEY: secretKey,
    NODE_ENV: 'development',
    LOG_LEVEL: 'warn',
    PORT: '0',
  };
  const importInto = async (file: string): Promise<Import> => {
    const begun = performance.now();
    const args = ['--import', reportMemory, acolhe, 'import-clients-csv', file, '--professional', email];
    const memory = await run(process.execPath, args, env);
    return { seconds: (performance.now() - begun) / 1000, megabytes: Number(memory) / 1024 };
  };
  const rate = (rows: number, { seconds, megabytes }: Import): string =>
    `${(rows / seconds).toFixed(0)} rows/s (${seconds.toFixed(1)} s), ${megabytes.toFixed(0)} MB at most`;

  const list = join(folder, 'clients.csv');
  await writeClientList(list, newRows);
  await deleteClients(url);
  const ours = await importInto(list);
  tell(`import of ${String(newRows)} new clients               ${rate(newRows, ours)}`);
  const again = await importInto(list);
  tell(`the same file again, nothing to change       ${rate(newRows, again)}`);
  const django = process.env['DJANGO_PROJECT'];
  if (django !== undefined) {
    const part = join(folder, 'part.csv');
    await copyLines(list, part, djangoRows);
    const theirs = await runDjango(django, part);
    const theirRate = djangoRows / theirs;
    tell(`the earlier system's command, ${String(djangoRows)} of them     ${theirRate.toFixed(0)} rows/s`);
    tell(`import                                       ratio ${(newRows / ours.seconds / theirRate).toFixed(0)}`);
  }

  const long = join(folder, 'million.csv');
  await writeClientList(long, busyRows);
  await deleteClients(url);
  const server = spawn(process.execPath, [acolhe, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const address = await readAddress(server.stdout);
    const claims = { sessionId: clinic.sessionId, professionalId: clinic.professionalId, clinicId: clinic.clinicId };
    const token = await signAccessToken(new Keyring(secretKey, []), { ...claims, role: 'professional' }, 3600);
    const quiet = await watchAnswers(address, token, sleep(3000));
    const importing = importInto(long);
    const busy = await watchAnswers(address, token, importing);
    tell(`import of ${String(busyRows)} clients beside a server     ${rate(busyRows, await importing)}`);
    tell(`a page of the list before | meanwhile        ${quiet} | ${busy}`);
  } finally {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
}

/** Runs a command to its end. @returns the last line of its stderr. Throws when the command fails. */
async function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd = folderOfRepository,
): Promise<string> {
  const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit') as Promise<[number | null]>]);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(code)}:\n${errors}`);
  return errors.slice(errors.lastIndexOf('\n') + 1);
}

const folderOfRepository = join(import.meta.dirname, '..', '..');

/** Deletes all clients, so that the table has the size and statistics of an empty one. */
async function deleteClients(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query('drop trigger client_versions_append_only on client_versions');
    await client.query('truncate clients, client_versions cascade');
    await client.query(
      `create trigger client_versions_append_only before update or delete or truncate on client_versions
         for each statement execute function app.refuse_change()`,
    );
    await client.query('vacuum analyze clients');
  } finally {
    await client.end();
  }
}

/** Copies the first records of a list; a record may have two lines. */
async function copyLines(from: string, to: string, records: number): Promise<void> {
  const out = createWriteStream(to);
  let open = false;
  let count = -1;
  for await (const line of createInterface({ input: createReadStream(from) })) {
    out.write(`${line}\n`);
    if ((line.split('"').length - 1) % 2 === 1) open = !open;
    if (!open) count += 1;
    if (count === records) break;
  }
  out.end();
  await once(out, 'close');
}

/** Measures the Django project's own command, in seconds, on a new database. */
async function runDjango(project: string, file: string): Promise<number> {
  const { env } = process;
  const name = 'acolhe_bench_django';
  const where = {
    host: env['DB_HOST'] ?? '127.0.0.1',
    port: Number(env['DB_PORT'] ?? 55_432),
    user: env['DB_USER'] ?? 'postgres',
  };
  const client = new pg.Client({ ...where, database: 'postgres' });
  await client.connect();
  await client.query(`drop database if exists ${name} with (force)`);
  await client.query(`create database ${name}`);
  await client.end();
  const manage = (...args: string[]) =>
    run('/usr/bin/python3', ['manage.py', ...args], { ...env, DB_NAME: name }, project);
  await manage('migrate', '-v0');
  await manage('bench_setup');
  const begun = performance.now();
  await manage('import_clients_csv', file);
  return (performance.now() - begun) / 1000;
}

/** The address that a server prints when it has started. */
async function readAddress(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const [address] = /http:\/\/[^\s"]+/.exec(line) ?? [];
    if (address !== undefined) {
      output.resume();
      return address;
    }
  }
  throw new Error('the server did not start');
}

/** Requests pages and searches one after the other until `until` settles. @returns the median and 99th percentile */
async function watchAnswers(address: string, token: string, until: Promise<unknown>): Promise<string> {
  const ended = new AbortController();
  void until.finally(() => {
    ended.abort();
  });
  const times: number[] = [];
  for (let turn = 0; !ended.signal.aborted; turn++) {
    const begun = performance.now();
    const answer = await fetch(`${address}/api/v1/clients?limit=50${turn % 2 === 0 ? '' : '&q=magalh'}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok) throw new Error(`the server answered ${String(answer.status)}`);
    await answer.arrayBuffer();
    times.push(performance.now() - begun);
    await sleep(50);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? Number.NaN).toFixed(0);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}
