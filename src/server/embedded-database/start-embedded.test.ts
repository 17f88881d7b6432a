import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../../tests/support/database.ts';
import { type EmbeddedPostgres, startEmbedded } from './start-embedded.ts';

const settings = { fsync: false };
let root: string;
let dataDir: string;
let started: EmbeddedPostgres[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'acolhe embedded é-'));
  await chmod(root, 0o755);
  dataDir = join(root, 'dados da clínica', '.data');
  started = [];
});

afterEach(async () => {
  await Promise.all(started.map((postgres) => postgres.stop()));
  // A test that failed half-way may leave the server of the process it killed.
  const left = await readServerPid(join(dataDir, 'postgres')).catch(() => undefined);
  if (left) process.kill(left, 'SIGINT');
  await rm(root, { recursive: true, force: true });
});

// Each makes a cluster: a second alone, many on a machine that is busy.
describe('startEmbedded', { timeout: 90_000 }, () => {
  it('runs PostgreSQL 18 for an owner who is no superuser, keeps the data and stops for good', async () => {
    const first = await start();
    expect(first.adopted).toBe(false);
    const [row] = await execute(
      first.url,
      `select current_user as role, rolsuper, rolcreatedb, rolcreaterole, version(), current_setting('data_checksums') as checksums
         from pg_roles where rolname = current_user`,
    );
    expect(row).toMatchObject({
      role: 'acolhe',
      rolsuper: false,
      rolcreatedb: true,
      rolcreaterole: true,
      checksums: 'on',
    });
    expect(row?.['version']).toMatch(/^PostgreSQL 18\./);
    await execute(first.url, 'create extension pg_trgm; create table kept as select 1 as one');
    await first.stop();
    await expect(execute(first.url, 'select 1')).rejects.toThrow('ECONNREFUSED');

    const second = await start();
    expect(await execute(second.url, 'select one from kept')).toEqual([{ one: 1 }]);
  });

  it('sorts and compares letters beyond ASCII', async () => {
    const { url } = await start();
    const sql = `select array_agg(name order by name collate "pt-BR-x-icu") as sorted, upper('ção') as upper, 'Ç' ~* 'ç' as same
      from (values ('Bia'), ('Ágata'), ('Álvaro'), ('Zeca')) as people (name)`;
    expect(await execute(url, sql)).toEqual([{ sorted: ['Ágata', 'Álvaro', 'Bia', 'Zeca'], upper: 'ÇÃO', same: true }]);
  });

  it('lets nobody in without the password, and shows the password to nobody else', async () => {
    const { url } = await start();
    await expect(execute(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(
      'password authentication failed',
    );
    await expect(execute(url.replace(/\/\/.*@/, '//postgres@'), 'select 1')).rejects.toThrow(/password/i);
    const { mode } = await stat(join(dataDir, 'postgres', 'credentials.json'));
    if (process.platform !== 'win32') expect((mode & 0o777).toString(8)).toBe('600');
  });

  it('serves three starts on one new data folder with one server, until the last of them stops', async () => {
    const all = await Promise.all([start(), start(), start()]);
    const urls = new Set(all.map(({ url }) => url));
    expect(urls.size).toBe(1);
    expect(all.filter(({ adopted }) => !adopted)).toHaveLength(1);
    const [first, second, third] = all;
    await Promise.all([first.stop(), second.stop()]);
    expect(await execute(third.url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    await third.stop();
    await expect(execute(third.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('adopts the server that a killed process left behind', async () => {
    const { url, kill } = await startInOtherProcess();
    await execute(url, 'create table acknowledged as select 7 as number');
    await kill();
    const adopting = await start();
    expect(adopting).toMatchObject({ adopted: true, url });
    expect(await execute(url, 'select number from acknowledged')).toEqual([{ number: 7 }]);
    await adopting.stop();
    await expect(execute(url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('starts a killed PostgreSQL again on the same port, with every committed row', async () => {
    const lines: string[] = [];
    const { url } = await start((line) => lines.push(line));
    await execute(url, 'create table acknowledged as select 7 as number');
    process.kill(await readServerPid(join(dataDir, 'postgres')), 'SIGKILL');
    await expect.poll(() => lines.at(-1), { timeout: 20_000 }).toBe('PostgreSQL is back');
    expect(await execute(url, 'select number from acknowledged')).toEqual([{ number: 7 }]);
  });

  it.runIf(process.getuid?.() === 0)(
    'as root, finds a place for a folder that no other account can reach',
    async () => {
      await chmod(root, 0o700);
      const { url } = await start();
      expect(await execute(url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
      const elsewhere = (await readFile(join(dataDir, 'postgres-location'), 'utf8')).trim();
      expect(elsewhere).toMatch(/^\/var\/lib\/acolhe\/[0-9a-f]{16}\/postgres$/);
      await started.pop()?.stop();
      await start();
      await started.pop()?.stop();
      expect((await stat(root)).mode & 0o777).toBe(0o700);
      await rm(dirname(elsewhere), { recursive: true });
    },
  );
});

async function start(log?: (line: string) => void): Promise<EmbeddedPostgres> {
  const postgres = await startEmbedded({ dataDir, settings, ...(log && { log }) });
  started.push(postgres);
  return postgres;
}

/** A second Node process that starts the server and can be killed without a chance to stop it. */
async function startInOtherProcess(): Promise<{ url: string; kill: () => Promise<void> }> {
  const program = `import { startEmbedded } from ${JSON.stringify(new URL('start-embedded.ts', import.meta.url).href)};
    const { url } = await startEmbedded(${JSON.stringify({ dataDir, settings })});
    console.log(url);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    url,
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function readServerPid(folder: string): Promise<number> {
  return Number((await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}
