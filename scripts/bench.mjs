/** npm run bench: what the design's claims are worth on this machine, as ratios. */
import { join } from 'node:path';
import { ensureInstalled } from './bootstrap/installation.mjs';
import { runInNode24 } from './bootstrap/node-runtime.mjs';
import { root } from './bootstrap/paths.mjs';

process.chdir(root);
await ensureInstalled();
await runInNode24(join(root, 'tests', 'bench', 'main.ts'));
