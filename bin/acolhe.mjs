#!/usr/bin/env node
/** The operator's command line. Started often: with the packages in place it costs one hash and no second process. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, root, runNode } from '../scripts/bootstrap.mjs';
import { runsTypeScript } from '../scripts/node-runtime.mjs';

const main = join(root, 'src', 'cli', 'main.ts');

try {
  await ensureInstalled({ development: false });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const compiled = findCompileCache();
if (runsTypeScript()) {
  if (compiled) module.enableCompileCache(compiled);
  process.argv[1] = main;
  await import(pathToFileURL(main).href);
} else {
  await runNode([main, ...process.argv.slice(2)], {
    env: compiled ? { ...process.env, NODE_COMPILE_CACHE: compiled } : process.env,
  });
}

/** Where compiled code is kept between runs: only where nobody else could put any, because whoever does runs it as us. */
function findCompileCache() {
  const folders = [join(root, 'node_modules', '.cache', 'compiled'), join(homedir(), '.cache', 'acolhe')];
  return folders.find((folder) => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      accessSync(folder, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  });
}
