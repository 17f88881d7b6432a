#!/usr/bin/env node
/** The operator's command line. With the packages installed, starting it costs one hash and no second process. */
import { ensureInstalled } from '../scripts/bootstrap/installation.mjs';
import { runInNode24 } from '../scripts/bootstrap/node-runtime.mjs';
import { findProgram } from '../scripts/bootstrap/server-build.mjs';

try {
  await ensureInstalled({ development: false });
} catch (error) {
  console.error(error.message);
  process.exit(error.exitCode ?? 1);
}
const main = findProgram('cli');
process.argv[1] = main;
const args = process.argv.slice(2);
await runInNode24(main, args, { serves: args[0] === 'serve' });
