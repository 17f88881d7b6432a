/** npm start, and npm run dev with --watch: installs, builds and serves. Needs nothing but Node 20. */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { ensureInstalled } from './bootstrap/installation.mjs';
import { node24Path, nodeFlags, runInNode24, runNode } from './bootstrap/node-runtime.mjs';
import { root } from './bootstrap/paths.mjs';
import { ensureServerBuilt, findProgram } from './bootstrap/server-build.mjs';
import { ensureWebBuilt } from './bootstrap/web-build.mjs';

const isWatching = process.argv.includes('--watch');

process.chdir(root);
if (process.env.npm_lifecycle_event && process.platform !== 'win32') stopWithParent();
try {
  await ensureInstalled();
  await ensureWebBuilt();
  if (!isWatching) await ensureServerBuilt();
} catch (error) {
  console.error(error.message);
  process.exit(error.exitCode ?? 1);
}
if (isWatching) await watch();
else await runInNode24(findProgram('server'), [], { serves: true });

/** Restarts the server when one of its files changes, and rebuilds the web app when one of its files does. */
async function watch() {
  // Vite's builds from now on do not match the stamp.
  rmSync(join(root, 'dist', 'web.stamp'), { force: true });
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const builder = spawn(node24Path(), [...nodeFlags, vite, 'build', '--watch', '--logLevel', 'warn'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  process.once('exit', () => builder.kill());
  await runNode(['--watch', '--watch-preserve-output', join(root, 'src', 'server', 'main.ts')]);
}

/** npm passes SIGTERM to the shell that started this process; the shell ends without passing it on. So watch the parent. */
function stopWithParent() {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 100);
  timer.unref();
}
