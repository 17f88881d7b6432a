import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './language.mjs';
import { withLock } from './lock.mjs';
import { root } from './paths.mjs';
import { hashContents, listSources } from './sources.mjs';
import { buildInto } from './vite-build.mjs';

const output = join(root, 'dist', 'web');
const stampFile = join(root, 'dist', 'web.stamp');

/** Files and folders that the web app is built from. */
const sources = [
  'docs/guia',
  'index.html',
  'lingui.config.ts',
  'package-lock.json',
  'scripts/vite',
  'src/shared',
  'src/web',
  'tsconfig.json',
  'vite.config.ts',
];

/** Builds the web app into dist/web, unless it was built from the current sources. */
export async function ensureWebBuilt() {
  if (isFresh()) return;
  await withLock('web', async () => {
    if (!isFresh()) await build();
  });
}

function isFresh() {
  return (
    existsSync(join(output, 'index.html')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashSources()
  );
}

async function build() {
  console.error(say('Construindo o aplicativo …', 'Building the web app …'));
  const hash = hashSources();
  await buildInto('The web app', output);
  writeFileSync(stampFile, hash);
}

const hashSources = () => hashContents(listSources(sources));
