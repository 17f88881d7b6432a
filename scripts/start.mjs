/** npm start, and with --watch npm run dev: installs, builds and serves on a machine with Node 20 and nothing else. */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, ensureWebBuilt, node24Path, root, runNode } from './bootstrap.mjs';
import { nodeFlags, runsTypeScript } from './node-runtime.mjs';

const server = join(root, 'src', 'server', 'main.ts');

process.chdir(root);
try {
  await ensureInstalled();
  await ensureWebBuilt();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
if (process.argv.includes('--watch')) await watch();
else if (runsTypeScript()) await import(pathToFileURL(server).href);
else await runNode([server]);

/** The server starts again when one of its files changes; the web app is built again into the folder it serves. */
async function watch() {
  // What Vite builds from now on is no longer what the stamp says.
  rmSync(join(root, 'dist', 'web.stamp'), { force: true });
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const builder = spawn(node24Path(), [...nodeFlags, vite, 'build', '--watch', '--logLevel', 'warn'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  process.once('exit', () => builder.kill());
  await runNode(['--watch', '--watch-preserve-output', server]);
}
