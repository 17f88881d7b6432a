import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './language.mjs';
import { withLock } from './lock.mjs';
import { root } from './paths.mjs';
import { hashContents, hashTimes, listSources } from './sources.mjs';
import { buildInto } from './vite-build.mjs';

const output = join(root, 'dist', 'server');
const stampFile = join(root, 'dist', 'server.stamp');

/** Files and folders that server and command line are built from. */
const sources = [
  'package-lock.json',
  'scripts/vite',
  'src/cli',
  'src/server',
  'src/shared',
  'tsconfig.json',
  'vite.server.config.ts',
];

/** The programs by name: in the bundle, and as sources. */
const programs = {
  cli: ['acolhe.mjs', join('src', 'cli', 'main.ts')],
  server: ['server.mjs', join('src', 'server', 'main.ts')],
};

/** Bundles server and command line into dist/server, unless that was done from the current sources. */
export async function ensureServerBuilt() {
  if (isFresh()) return;
  await withLock('server', async () => {
    if (isFresh()) return;
    console.error(say('Construindo o servidor …', 'Building the server …'));
    const files = listSources(sources);
    const stamp = describe(files);
    await buildInto('The server', output, ['--config', 'vite.server.config.ts']);
    writeFileSync(stampFile, JSON.stringify(stamp));
  });
}

/**
 * The file to run: of the bundle when it was built from the current sources, otherwise the sources themselves, which start more
 * slowly and need more memory.
 * @param {keyof typeof programs} name
 */
export function findProgram(name) {
  const [bundled, source] = programs[name];
  return isFresh() ? join(output, bundled) : join(root, source);
}

/** Compares sizes and times first. Contents are read when those differ, as after a `git checkout` back and forth. */
function isFresh() {
  try {
    const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
    if (!existsSync(join(output, programs.cli[0]))) return false;
    const files = listSources(sources);
    if (stamp.times === hashTimes(files)) return true;
    const now = describe(files);
    if (stamp.contents !== now.contents) return false;
    remember(now);
    return true;
  } catch {
    return false;
  }
}

const describe = (files) => ({ contents: hashContents(files), times: hashTimes(files) });

function remember(stamp) {
  try {
    writeFileSync(stampFile, JSON.stringify(stamp));
  } catch {
    // The folder is not writable: the contents are read again next time.
  }
}
