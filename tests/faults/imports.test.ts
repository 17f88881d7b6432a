import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ZipFile } from 'yazl';
import { runAcolhe, startAcolhe } from '../../src/cli/testing/run-acolhe.ts';
import { email, type Installation, startInstallation } from './installation.ts';

const rows = 15_000;
const makeList = (count: number): string =>
  [
    'nome,sobrenome,telefone,email',
    ...Array.from(
      { length: count },
      (_, at) => `Cliente,Número ${String(at)},119${String(60_000_000 + at)},c${String(at)}@exemplo.com.br`,
    ),
  ].join('\n');

describe('an import', () => {
  let installation: Installation;
  let folder: string;
  let file: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    installation = await startInstallation();
    folder = await mkdtemp(join(tmpdir(), 'acolhe-imports-'));
    file = join(folder, 'lista.csv');
    await writeFile(file, makeList(rows));
    env = { DATABASE_URL: installation.url, DATA_DIR: folder };
  });
  afterEach(async () => {
    await installation.killServers();
    await installation.query('delete from clients');
  });
  afterAll(async () => {
    await installation.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const countClients = async (): Promise<number> => {
    const [row] = await installation.query<{ count: number }>('select count(*)::integer as count from clients');
    return row?.count ?? -1;
  };
  const statuses = async (): Promise<string[]> =>
    (await installation.query<{ status: string }>('select status from imports order by id')).map((row) => row.status);
  const args = ['import-clients-csv', '--professional', email];

  it('killed at ten points leaves nothing, says so, and can be run again', { timeout: 180_000 }, async () => {
    /** Starts an import. Resolves with its process once the import has begun. */
    const startImport = async () => {
      const before = (await statuses()).length;
      const child = startAcolhe([...args, file], env);
      const exited = once(child, 'exit');
      await vi.waitUntil(async () => (await statuses()).length > before, 20_000);
      return { child, exited };
    };
    const whole = await startImport();
    const begun = Date.now();
    expect((await whole.exited)[0]).toBe(0);
    let milliseconds = Date.now() - begun;
    await installation.query('delete from clients');
    await installation.query('delete from imports');

    let interruptions = 0;
    for (let point = 0; point < 10; point++) {
      const { child, exited } = await startImport();
      const started = Date.now();
      const took = exited.then(() => Date.now() - started);
      await sleep((milliseconds * point) / 10);
      child.kill('SIGKILL');
      await exited;
      // PostgreSQL notices and rolls back.
      await vi.waitUntil(async () => {
        const [row] = await installation.query<{ count: number }>(
          `select count(*)::integer as count from pg_stat_activity where application_name = 'acolhe import'`,
        );
        return row?.count === 0;
      }, 20_000);
      const count = await countClients();
      const last = (await statuses()).at(-1);
      if (last === 'done') {
        // This import was faster than the first one, so the next points must be earlier.
        milliseconds = Math.min(milliseconds, await took);
        expect(count).toBe(rows);
        await installation.query('delete from clients');
      } else {
        expect(count).toBe(0);
        if (last === 'running') interruptions += 1;
      }
    }
    expect(interruptions).toBeGreaterThan(3);
    expect(await runAcolhe([...args, file], env)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${String(rows)} new`) as string,
    });
    expect(await countClients()).toBe(rows);
    const now = await statuses();
    expect(now.filter((status) => status === 'interrupted')).toHaveLength(interruptions);
    expect(now).not.toContain('running');
  });

  it(
    'is handed back when its server is killed or stopped, and another one tells or does it',
    { timeout: 90_000 },
    async () => {
      const first = await installation.startServer();
      const { accessToken } = await installation.signIn(first);
      const form = new FormData();
      form.set('file', new Blob([makeList(2 * rows)]), 'lista.csv');
      const headers = { authorization: `Bearer ${accessToken}` };
      const upload = async (address: string): Promise<string> => {
        const answer = await fetch(`${address}/api/v1/imports`, { method: 'POST', headers, body: form });
        expect(answer.status).toBe(202);
        return ((await answer.json()) as { id: string }).id;
      };
      const readStatus = async (id: string): Promise<string | undefined> =>
        (await installation.query<{ status: string }>('select status from imports where id = $1', [id]))[0]?.status;

      const killed = await upload(first.address);
      await vi.waitUntil(async () => (await readStatus(killed)) === 'running', 20_000);
      first.process.kill('SIGKILL');
      await first.exited;
      expect(await countClients()).toBe(0);
      const second = await installation.startServer();
      await vi.waitUntil(async () => (await readStatus(killed)) === 'interrupted', 20_000);

      const stopped = await upload(second.address);
      await vi.waitUntil(async () => (await readStatus(stopped)) === 'running', 20_000);
      second.process.kill('SIGTERM');
      expect(await second.exited).toMatchObject({ code: 0 });
      expect(await countClients()).toBe(0);
      expect(await readStatus(stopped)).toBe('queued');
      await installation.startServer();
      await vi.waitUntil(async () => (await readStatus(stopped)) === 'done', 60_000);
      expect(await countClients()).toBe(2 * rows);
    },
  );

  it('comes to a clear end when the database goes away under it', { timeout: 60_000 }, async () => {
    const child = startAcolhe([...args, file], env);
    const errors: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
    await vi.waitUntil(async () => (await statuses()).includes('running'), 20_000);
    process.kill(await installation.postmaster(), 'SIGKILL');
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(1);
    expect(Buffer.concat(errors).toString()).not.toContain('    at ');
    await vi.waitUntil(
      () =>
        countClients().then(
          (count) => count === 0,
          () => false,
        ),
      30_000,
    );
    expect(await runAcolhe([...args, file], env)).toMatchObject({ code: 0 });
  });

  it('of a file that breaks off in its last line leaves nothing', { timeout: 60_000 }, async () => {
    const broken = join(folder, 'broken.csv');
    await writeFile(
      broken,
      Buffer.concat([Buffer.from(`${makeList(rows)}\nJo`), Buffer.from([0xe3]), Buffer.from('o')]),
    );
    const { code, stderr } = await runAcolhe([...args, '--encoding', 'utf-8', broken], env);
    expect(code).toBe(1);
    expect(stderr).toContain('utf-8');
    expect(await countClients()).toBe(0);
  });

  it('of a bomb is refused with little memory', { timeout: 120_000 }, async () => {
    const bombs: readonly (readonly [name: string, write: (path: string) => Promise<unknown>, says: RegExp])[] = [
      ['line.csv', (path) => writeRepeated(path, 'nome,telefone\n', 'x', 100), /too long/],
      ['quoted.csv', (path) => writeRepeated(path, 'nome,telefone\n"', 'x', 100), /too long|never close/],
      ['columns.csv', (path) => writeFile(path, `nome${',c'.repeat(1_000_000)}\n`), /too (many columns|long)/],
      ['nothing.csv', (path) => writeRepeated(path, '', '\0', 64), /\w/],
      ['bomb.xlsx', writeBomb, /too large|damaged/],
    ];
    for (const [name, write, says] of bombs) {
      const path = join(folder, name);
      await write(path);
      const { code, stderr, peakMegabytes } = await watchMemory([...args, path], env);
      expect({ name, code }).toEqual({ name, code: 1 });
      expect(stderr).toMatch(says);
      expect(peakMegabytes, name).toBeLessThan(400);
    }
    expect(await countClients()).toBe(0);
  });
});

/** Writes a file of so many MiB of one character. */
async function writeRepeated(path: string, start: string, character: string, megabytes: number): Promise<void> {
  const stream = createWriteStream(path);
  stream.write(start);
  const part = Buffer.alloc(1024 * 1024, character);
  for (let at = 0; at < megabytes; at++) if (!stream.write(part)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'close');
}

/** Writes a workbook whose only sheet is a gigabyte of spaces when it is unpacked. */
async function writeBomb(path: string): Promise<void> {
  const zip = new ZipFile();
  const add = (name: string, text: string): void => {
    zip.addBuffer(Buffer.from(text), name);
  };
  add('xl/workbook.xml', '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="rId1"/></sheets></workbook>');
  add(
    'xl/_rels/workbook.xml.rels',
    '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
  );
  const part = Buffer.alloc(1024 * 1024, ' ');
  zip.addReadStream(Readable.from(Array.from({ length: 1024 }, () => part)), 'xl/worksheets/sheet1.xml');
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

/** Runs a command and watches its peak memory (VmHWM of Linux). */
async function watchMemory(args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = startAcolhe(args, env);
  let peak = 0;
  const timer = setInterval(() => {
    void readFile(`/proc/${String(child.pid)}/status`, 'utf8').then(
      (text) => {
        peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(text)?.[1] ?? 0));
      },
      () => undefined,
    );
  }, 20);
  const errors: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(timer);
  return { code, stderr: Buffer.concat(errors).toString(), peakMegabytes: peak / 1024 };
}
