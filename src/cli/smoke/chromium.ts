import { execFile } from 'node:child_process';
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../server/project-root.ts';

/** How to start Chromium. Plain data: a test run's setup passes a copy to the test files. */
export interface Chromium {
  /** Undefined: the Chrome installed on this machine. */
  executablePath?: string;
  env: Record<string, string>;
}

/**
 * Unpacks the Chromium of @sparticuz/chromium once per installation. The package's own executablePath() unpacks into the
 * shared temporary folder, and could start a file that another process is still writing, or one of another user. Linux on
 * x64 only; elsewhere, and without the development packages, an installed Chrome is used.
 */
export async function prepareChromium(): Promise<Chromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return { env: {} };
  const packageFolder = findPackage();
  if (packageFolder === undefined) return { env: {} };
  const folder = await unpack(packageFolder);
  return { executablePath: join(folder, 'chromium'), env: await findEnvironment(folder) };
}

function findPackage(): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')));
  } catch {
    return undefined;
  }
}

async function unpack(packageFolder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const cache = await makeCacheFolder();
  const folder = join(cache, `chromium-${version}`);
  if (await exists(folder)) return folder;
  const draft = await mkdtemp(`${folder}.`);
  await inflateInto(draft, packageFolder);
  // The next run may be by another user.
  await Promise.all([chmod(draft, 0o755), chmod(join(draft, 'chromium'), 0o755)]);
  await writeFile(
    join(draft, 'fonts', 'fonts.conf'),
    `<fontconfig><dir>${escapeXml(join(folder, 'fonts'))}</dir></fontconfig>`,
  );
  try {
    await rename(draft, folder);
  } catch (error) {
    // Another run has unpacked it meanwhile.
    await rm(draft, { recursive: true });
    if (!(await exists(folder))) throw error;
  }
  return folder;
}

/** Unpacks into `folder`. The package takes its target from TMPDIR, so that is changed meanwhile. */
async function inflateInto(folder: string, packageFolder: string): Promise<void> {
  const { inflate } = await import('@sparticuz/chromium');
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    const names = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
    await Promise.all(names.map((name) => inflate(join(packageFolder, 'bin', name))));
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

async function makeCacheFolder(): Promise<string> {
  const cache = join(projectRoot, 'node_modules', '.cache', 'acolhe');
  try {
    await mkdir(cache, { recursive: true });
    return cache;
  } catch {
    return mkdtemp(join(tmpdir(), 'acolhe-chromium-'));
  }
}

/** The variables that point to the package's libraries and fonts, where the machine has none. */
async function findEnvironment(folder: string): Promise<Record<string, string>> {
  const env: Record<string, string> = {};
  if (!(await exists('/etc/fonts/fonts.conf'))) env['FONTCONFIG_PATH'] = join(folder, 'fonts');
  if (!(await starts(folder, env))) env['LD_LIBRARY_PATH'] = join(folder, 'al2023', 'lib');
  return env;
}

async function starts(folder: string, env: Record<string, string>): Promise<boolean> {
  return promisify(execFile)(join(folder, 'chromium'), ['--version'], { env: { ...process.env, ...env } }).then(
    () => true,
    () => false,
  );
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
