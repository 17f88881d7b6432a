import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { run, runOrThrow } from './run.ts';

/**
 * One cluster's folder: `data` (PostgreSQL's own), `log`, `settings.conf` and `credentials.json` (mode 0600, of the
 * user who starts Acolhe; PostgreSQL's account never reads it).
 */
export interface Cluster {
  folder: string;
  data: string;
  logFile: string;
  credentials: Credentials;
}

export interface Credentials {
  adminPassword: string;
  password: string;
}

/** Character classes of full-text search and pg_trgm follow LC_CTYPE, so it must know UTF-8; first one there wins. */
const characterTypes: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ['C.UTF-8', 'en_US.UTF-8', 'pt_BR.UTF-8'],
  darwin: ['en_US.UTF-8', 'pt_BR.UTF-8'],
  win32: ['Portuguese_Brazil.1252', 'English_United States.1252'],
};

/** Reads an existing cluster. Throws when its major version isn't the programs' own. */
export function openCluster(folder: string, binaries: Binaries): Cluster {
  const cluster = describeCluster(folder);
  const major = readFileSync(join(cluster.data, 'PG_VERSION'), 'utf8').trim();
  if (major !== binaries.version.split('.')[0]) {
    throw new Error(
      `${cluster.data} was made by PostgreSQL ${major}, but this is ${binaries.version}: see docs on upgrades.`,
    );
  }
  return cluster;
}

function describeCluster(folder: string): Cluster {
  const credentials = JSON.parse(readFileSync(join(folder, 'credentials.json'), 'utf8')) as Credentials;
  return { folder, data: join(folder, 'data'), logFile: join(folder, 'log', 'server.log'), credentials };
}

/**
 * Makes a cluster with role and database `acolhe`. It is made beside its place and renamed there when whole: a start
 * that is killed leaves no half cluster, and of two starts at once one wins and both use what the winner made.
 */
export async function createCluster(
  folder: string,
  binaries: Binaries,
  account: Account | undefined,
  durable: boolean,
): Promise<void> {
  removeLeftovers(folder);
  const draft = `${folder}.new-${randomBytes(4).toString('hex')}`;
  mkdirSync(draft);
  chmodSync(draft, account ? 0o711 : 0o700);
  try {
    await fillCluster(draft, binaries, account, durable);
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(join(folder, 'credentials.json'))) throw error;
  }
}

async function fillCluster(
  folder: string,
  binaries: Binaries,
  account: Account | undefined,
  durable: boolean,
): Promise<void> {
  const credentials: Credentials = { adminPassword: makePassword(), password: makePassword() };
  writeFileSync(join(folder, 'credentials.json'), JSON.stringify(credentials), { mode: 0o600 });
  for (const name of ['data', 'log']) {
    mkdirSync(join(folder, name), { mode: 0o700 });
    if (account) chownSync(join(folder, name), account.uid, account.gid);
  }
  const { data } = describeCluster(folder);
  await initialize(data, binaries, account, credentials.adminPassword, durable);
  // Written before anything runs here. PostgreSQL's account can't change the file that root writes at every start.
  appendFileSync(join(data, 'postgresql.conf'), "\ninclude = '../settings.conf'\n");
  writeFileSync(join(data, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n');
  await createDatabase(data, binaries, account, credentials.password);
}

async function initialize(
  data: string,
  binaries: Binaries,
  account: Account | undefined,
  password: string,
  durable: boolean,
): Promise<void> {
  const passwordFile = join(data, '..', 'log', 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  const args = ['-D', data, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--data-checksums'];
  // Bytewise order by default: quick, and the same in every ICU and libc. What people read is sorted by "pt-BR-x-icu".
  args.push('--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C');
  if (!durable) args.push('--no-sync');
  try {
    for (const name of characterTypes[process.platform] ?? []) {
      if ((await run(join(binaries.bin, 'initdb'), [...args, `--lc-ctype=${name}`], { account, cwd: data })).code === 0)
        return;
    }
    await runOrThrow(join(binaries.bin, 'initdb'), args, { account, cwd: data });
  } finally {
    rmSync(passwordFile);
  }
}

/** In single-user mode: no port is open and nothing of the password reaches a log. */
async function createDatabase(
  data: string,
  binaries: Binaries,
  account: Account | undefined,
  password: string,
): Promise<void> {
  const statements = [
    `CREATE ROLE acolhe LOGIN CREATEDB CREATEROLE NOSUPERUSER PASSWORD '${password}'`,
    'CREATE DATABASE acolhe OWNER acolhe',
    'REVOKE CONNECT ON DATABASE acolhe FROM public',
  ];
  const settings = join(dirname(data), 'settings.conf');
  writeFileSync(settings, '', { mode: 0o644 });
  chmodSync(settings, 0o644);
  const args = ['--single', '-D', data, '-c', 'exit_on_error=on', 'postgres'];
  const input = statements.map((statement) => `${statement};\n`).join('');
  await runOrThrow(join(binaries.bin, 'postgres'), args, { account, cwd: data, input });
}

/** 192 random bits that need no escaping in SQL or in a URL. */
function makePassword(): string {
  return randomBytes(24).toString('base64url');
}

function removeLeftovers(folder: string): void {
  const tenMinutesAgo = Date.now() - 600_000;
  for (const name of readdirSync(dirname(folder))) {
    const path = join(dirname(folder), name);
    if (!name.startsWith(`${basename(folder)}.new-`)) continue;
    if (statSync(path).mtimeMs < tenMinutesAgo) rmSync(path, { recursive: true, force: true });
  }
}
