/** npm start, and with --watch npm run dev: installs, builds and serves on a machine with Node 20 and nothing else. */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { ensureInstalled } from './bootstrap/installation.mjs';
import { node24Path, nodeFlags, runInNode24, runNode } from './bootstrap/node-runtime.mjs';
import { root } from './bootstrap/paths.mjs';
import { ensureWebBuilt } from './bootstrap/web-build.mjs';

const server = join(root, 'src', 'server', 'main.ts');

process.chdir(root);
if (process.env.npm_lifecycle_event && process.platform !== 'win32') stopWithParent();
try {
  await ensureInstalled();
  await ensureWebBuilt();
} catch (error) {
  console.error(error.message);
  process.exit(error.exitCode ?? 1);
}
if (process.argv.includes('--watch')) await watch();
else await runInNode24(server);

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

/** npm passes SIGTERM on to the shell between it and us, and the shell dies of it alone. Then we stop by ourselves. */
function stopWithParent() {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 100);
  timer.unref();
}
