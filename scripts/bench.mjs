/** npm run bench: measures the product on this machine; `-- --help` tells the options. */
import { join } from 'node:path';
import { ensureInstalled } from './bootstrap/installation.mjs';
import { runInNode24 } from './bootstrap/node-runtime.mjs';
import { root } from './bootstrap/paths.mjs';
import { ensureServerBuilt } from './bootstrap/server-build.mjs';

process.chdir(root);
await ensureInstalled();
// What is measured is what operators run.
await ensureServerBuilt();
await runInNode24(join(root, 'tests', 'bench', 'main.ts'), process.argv.slice(2));
