/** npm run bench: compares Acolhe with alternatives on this machine, and prints ratios. */
import { join } from 'node:path';
import { ensureInstalled } from './bootstrap/installation.mjs';
import { runInNode24 } from './bootstrap/node-runtime.mjs';
import { root } from './bootstrap/paths.mjs';

process.chdir(root);
await ensureInstalled();
await runInNode24(join(root, 'tests', 'bench', 'main.ts'));
